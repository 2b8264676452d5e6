using System.Data.Common;
using System.Diagnostics;
using ClosedLoop.Model.Files;
using ClosedLoop.Rig.Books;
using ClosedLoop.Rig.Troubles;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Rig.Trials;

/// <summary>
/// One run over a fresh data folder: recipients go in, trouble strikes, the service is started again whenever it has ended, readers click,
/// the responses come out, and the books are compared.
/// </summary>
internal sealed class TrialRun : IAsyncDisposable
{
    /// <summary>Short, because a restart is measured from it; not in a run of many minutes, whose looks would be a load of their own.</summary>
    private readonly TimeSpan _look;

    private readonly SmallVolume? _volume;
    private Stage _stage;

    private TrialRun(Trial trial, Installation installation, Audience audience, SmallVolume? volume)
    {
        (Trial, Installation, Audience, _volume) = (trial, installation, audience, volume);
        _look = TimeSpan.FromMilliseconds(trial.Kind == TrialKind.Silos ? 100 : 5);
        Sink = new SinkWatch(installation.Books.SinkLedgerPath);
        Service = new Service(installation, Sink, () => IsSent, Result);
        Readers = new Readers(this);
    }

    public Trial Trial { get; }

    public Installation Installation { get; }

    public Audience Audience { get; }

    public Service Service { get; }

    public SinkWatch Sink { get; }

    public Readers Readers { get; }

    public TrialResult Result { get; } = new();

    /// <summary>The input file.</summary>
    public string File { get; private set; } = "";

    /// <summary>How far the run has come.</summary>
    public Stage Stage => _stage;

    /// <summary>Nobody of the file waits or is being sent.</summary>
    public bool IsSent => Installation.Books.IsFinished(File);

    public static async Task<TrialResult> RunAsync(Trial trial, RigOptions options)
    {
        var result = await OnceAsync(trial, options);

        // A port that somebody else on the machine took between the look and the start says nothing about the service.
        return result.Broken.Exists(what => what.Contains("address already in use", StringComparison.OrdinalIgnoreCase)) ? await OnceAsync(trial, options) : result;
    }

    private static async Task<TrialResult> OnceAsync(Trial trial, RigOptions options)
    {
        var clock = Stopwatch.StartNew();
        var random = new Random(trial.Seed);
        var root = Directory.CreateTempSubdirectory("closedloop-rig-").FullName;
        var volume = trial.Kind == TrialKind.DiskFull ? SmallVolume.Mount(Path.Combine(root, "data")) : null;
        if (volume is { Fault: { } fault })
        {
            Directory.Delete(root, recursive: true);
            return new TrialResult { NotRun = fault };
        }

        var server = options.Database == "postgres" ? await PostgresServer.SharedAsync() : null;
        var installation = await Installation.CreateAsync(embeddedSink: false, trial.Policy, root: root, server: server, onFile: server is null);
        installation.SinkData = Path.Combine(root, "sink");
        if (options.Engine == "orleans") installation.Settings.Add(FormattableString.Invariant($"Cluster:SiloPort={Ports.Free()}"));
        var run = new TrialRun(trial, installation, new Audience(random, options.Recipients), volume);
        try
        {
            await using var trouble = Trouble.Of(trial, options, random, volume);
            await run.PlayAsync(trouble);
        }
#pragma warning disable CA1031 // whatever ends a run early is its result, and the runs after it are made all the same
        catch (Exception e)
#pragma warning restore CA1031
        {
            run.Result.Broken.Add(e is TimeoutException or InvalidDataException ? e.Message : e.ToString());
        }
        finally
        {
            await run.DisposeAsync();
        }

        run.Result.Seconds = clock.Elapsed.TotalSeconds;
        trial.Struck?.Invoke(run.Result.Struck);
        return run.Result;
    }

    /// <summary>Waits until something holds, and starts the service again whenever it has ended.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        var seen = Sink.Count;
        while (true)
        {
            if (Service.HasEnded) await Service.RestartAsync();
            if (await HoldsAsync(condition)) return;
            if (Sink.Count != seen) (seen, clock) = (Sink.Count, Stopwatch.StartNew());
            if (clock.Elapsed > Eventually.Patience) throw new TimeoutException($"no {what} after {clock.Elapsed.TotalSeconds:0} s without a message: {Service.Process.Story}");
            await Task.Delay(_look);
        }
    }

    public Task UntilAsync(string what, Func<bool> condition) => UntilAsync(what, () => Task.FromResult(condition()));

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        Sink.Dispose();
        Installation.Books.Close();
        if (Result.Broken.Count > 0)
        {
            // A volume stays mounted with them: in memory, and only of runs that somebody has to look at.
            Result.Kept = Path.GetDirectoryName(Installation.Data);
            return;
        }

        _volume?.Dispose();
        Installation.Dispose();
    }

    private async Task PlayAsync(Trouble trouble)
    {
        await trouble.PrepareAsync(this);
        await using var sink = await SinkProcess.StartAsync(Installation, trouble.SinkArguments);
        File = await trouble.BeginAsync(this);
        using var over = new CancellationTokenSource();
        var striking = Task.Run(() => trouble.StrikeAsync(this, over.Token), CancellationToken.None);
        try
        {
            await UntilAsync("end of the mailing", () => IsSent || StateIsFailed());
            await UntilAsync("readiness", Service.AnswersAsync);
            _stage = Stage.Tracking;
            await Readers.ClickAsync();
            _stage = Stage.Draining;
            await UntilAsync("clicks in the database", () => Installation.Books.Scalar("SELECT COUNT(*) FROM event") >= Readers.Answered);
            _stage = Stage.Exporting;
            await ExportAsync();
            _stage = Stage.Done;
        }
        finally
        {
            await over.CancelAsync();
            await striking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await striking;

        // A kill meant for the last stage may strike when that is over; the process that follows is the one to be asked to stop.
        await Service.ReplaceKilledAsync();
        await UntilAsync("readiness", Service.AnswersAsync);
        await Service.EndAsync();
        await trouble.EndAsync(this);
        BooksCheck.Compare(this, trouble.Silos, trouble.Interruptions);
    }

    /// <summary>The books of a database that is away cannot be read; that they come back is what is waited for.</summary>
    private async Task<bool> HoldsAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (DbException) when (Trial.Kind == TrialKind.Database)
        {
            return false;
        }
    }

    private bool StateIsFailed() => Installation.Books.StateOf(File) is FileState.FailedImport or FileState.FailedStart
        ? throw new InvalidDataException($"lost: the file failed with {Installation.Books.Text("SELECT COALESCE(MAX(code), '') FROM file_problem")}")
        : false;

    /// <summary>Asks for a cut-off until there is one, then waits until everything that was cut off is published.</summary>
    private async Task ExportAsync()
    {
        await UntilAsync("export", async () =>
        {
            if (Installation.Books.Scalar("SELECT COUNT(*) FROM export_run") > 0) return Installation.Books.Scalar("SELECT COUNT(*) FROM export_run WHERE published = 0") == 0;
            try
            {
                using var response = await Service.Process.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/export");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                // It died, or is starting again; the next look asks once more.
            }

            return false;
        });
    }
}

using System.Diagnostics;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Troubles;

/// <summary>What strikes the service in a run, and when.</summary>
internal abstract class Trouble : IAsyncDisposable
{
    /// <summary>Value of the kill switch of the first process; null leaves it off.</summary>
    public virtual string? KillAt => null;

    /// <summary>Times it interrupted messages on their way, beyond kills: each may leave as many in doubt as a kill.</summary>
    public int Interruptions { get; protected set; }

    /// <summary>How many processes send.</summary>
    public virtual int Silos => 1;

    /// <summary>What the sink is told besides.</summary>
    public virtual IReadOnlyList<string> SinkArguments => [];

    public static Trouble Of(Trial trial, RigOptions options, Random random, SmallVolume? volume) => trial.Kind switch
    {
        TrialKind.Random => new RandomKill(random),
        TrialKind.Point => new NamedPoint(trial, random),
        TrialKind.Freeze => new Freeze(random, options.FreezeSeconds),
        TrialKind.Cut => new NetworkCut(random),
        TrialKind.Silos => new SilosKilled(options, random),
        TrialKind.Database => new DatabaseAway(random, options.DownSeconds),
        _ => new DiskFull(random, volume!),
    };

    /// <summary>Before anything is started.</summary>
    public virtual Task PrepareAsync(TrialRun run) => Task.CompletedTask;

    /// <summary>Hands the recipients in and starts the service.</summary>
    /// <returns>Name of the file.</returns>
    public virtual Task<string> BeginAsync(TrialRun run)
    {
        var file = run.Installation.Drop(run.Audience.Rows);
        run.Service.Launch(KillAt);
        return Task.FromResult(file);
    }

    /// <summary>Runs beside the run and strikes when the moment has come; returns when it has no more to do.</summary>
    public abstract Task StrikeAsync(TrialRun run, CancellationToken over);

    /// <summary>When the service has ended in peace, before the books are compared.</summary>
    public virtual Task EndAsync(TrialRun run) => Task.CompletedTask;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Notes how long it takes from now until a message gets through, or until nobody waits.</summary>
    protected static async Task AwaitResumeAsync(TrialRun run, CancellationToken over)
    {
        var before = run.Sink.Count;
        var clock = Stopwatch.StartNew();
        if (await UntilAsync(() => run.Sink.Count > before || run.IsSent, over)) run.Result.Resumed.Add(clock.Elapsed.TotalSeconds);
    }

    /// <summary>Waits for a moment.</summary>
    /// <returns>False when the run was over before.</returns>
    protected static async Task<bool> UntilAsync(Func<bool> moment, CancellationToken over)
    {
        while (!moment())
        {
            if (over.IsCancellationRequested) return false;
            await Task.Delay(1, CancellationToken.None);
        }

        return true;
    }
}

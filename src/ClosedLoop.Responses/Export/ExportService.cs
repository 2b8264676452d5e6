using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Draining;
using ClosedLoop.Model.Telemetry;
using ClosedLoop.Model.Testing;
using ClosedLoop.Responses.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// The response-data export (closed-loop spec section 17): takes cut-offs, writes the eight files of each, publishes them
/// by rename, and can write any run again. One run is written at a time.
/// </summary>
public sealed partial class ExportService : IDisposable
{
    private readonly DefinitionStore _definitions;
    private readonly ExportRunStore _runs;
    private readonly ExportSet _set;
    private readonly ExportOptions _options;
    private readonly ILogger _logger;
    private readonly IExportOutlet? _outlet;
    private readonly NoticeStore? _notices;
    private readonly DrainSwitch? _drain;
    private readonly SemaphoreSlim _one = new(1, 1);

    public ExportService(
        Database database, LedgerWriter writer, DefinitionStore definitions, IRenderedLinks links, ExportOptions options, ILogger<ExportService> logger, IExportOutlet? outlet = null, NoticeStore? notices = null, DrainSwitch? drain = null)
    {
        _outlet = outlet;
        _notices = notices;
        _drain = drain;
        _definitions = definitions;
        _runs = new ExportRunStore(database, writer);
        _set = new ExportSet(database, definitions, links);
        _options = options;
        _logger = logger;
    }

    /// <summary>Called after each rename of a publication; for tests of a crash in between.</summary>
    internal Action<string>? Renamed { get; set; }

    /// <summary>Cuts off now, writes and publishes the eight files.</summary>
    /// <exception cref="ExportException">The client's settings do not allow an export; no cut-off was taken.</exception>
    public async Task<ExportRun> RunAsync(ClientDefinition client, CancellationToken cancellation = default)
    {
        var run = await CutAsync(client).ConfigureAwait(false);
        return await PublishAsync(run!, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes a cut-off without writing anything yet.</summary>
    /// <param name="client">The client.</param>
    /// <param name="at">Microseconds of a scheduled cut-off that has passed; <c>null</c> cuts now.</param>
    /// <returns>The run of the cut-off, new or not; <c>null</c> when a later one was taken already.</returns>
    /// <exception cref="ExportException">The client's settings do not allow an export; no cut-off was taken.</exception>
    public Task<ExportRun?> CutAsync(ClientDefinition client, long? at = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        Check(client);
        var names = new ExportFileNames(client.Export);
        return _runs.CutAsync(client.Id, at, names.Label);
    }

    /// <summary>Writes and publishes a run; does nothing when it is published.</summary>
    public async Task<ExportRun> PublishAsync(ExportRun run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var counted = _drain?.Begin("exports");
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        using var trace = HouseTelemetry.Source.StartActivity("export");
        try
        {
            run = _runs.Find(run.RunId)!;
            if (run.Published) return run;
            var set = await Task.Run(() => Publish(run, cancellation), CancellationToken.None).ConfigureAwait(false);
            if (_outlet is not null) await _outlet.DeliverAsync(Current(run), FolderOf(Current(run)), set.InOrder, cancellation).ConfigureAwait(false);
            var json = JsonSerializer.Serialize(set.Tables, DefinitionJson.Options);
            KillSwitch.Reach(KillPoint.ExportRenamed);
            await _runs.PublishedAsync(run.RunId, json).ConfigureAwait(false);
            ResponseMetrics.Exported(System.Diagnostics.Stopwatch.GetElapsedTime(started), published: true);
            foreach (var file in set.Tables.Files) ResponseMetrics.Published(file.Table, file.Rows);
            return run with { Published = true, Manifest = json };
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            ResponseMetrics.Exported(System.Diagnostics.Stopwatch.GetElapsedTime(started), published: false);
            LogFailed(cause, run.RunId, run.ClientId, run.Label);
            await TellAsync(run, cause).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Once a run, however often it is tried again.</summary>
    private async Task TellAsync(ExportRun run, Exception cause)
    {
        if (_notices is null || _definitions.FindClient(run.ClientId)?.Value is not { } client || client.Notify.Recipients(problem: true) is not { Count: > 0 } addresses) return;
        await _notices.AddAsync(new NewNotice(
            string.Create(CultureInfo.InvariantCulture, $"export/{run.RunId}/E501"), client.Id, addresses,
            $"[closed-loop] FAILED export {run.Label}",
            string.Create(CultureInfo.InvariantCulture, $"export: {run.RunId}\nlabel: {run.Label}\nclient: {client.Id}\nerror: E501 nothing more of it is published, earlier files stay as they are; it is repeated with the same cut-offs\ncause: {cause.Message.ReplaceLineEndings(" ")}\n"))).ConfigureAwait(false);
    }

    /// <summary>Publishes what a crash or an error left unpublished, oldest first, with the cut-offs it had.</summary>
    /// <returns>How many runs were published.</returns>
    public async Task<int> ResumeUnfinishedAsync(long clientId, CancellationToken cancellation = default)
    {
        var (published, failures) = (0, new List<Exception>());
        foreach (var run in _runs.Unfinished(clientId))
        {
            try
            {
                await PublishAsync(run, cancellation).ConfigureAwait(false);
                published++;
            }
#pragma warning disable CA1031 // a run that cannot be published must not hold up those after it
            catch (Exception cause) when (cause is not OperationCanceledException)
#pragma warning restore CA1031
            {
                failures.Add(cause);
            }
        }

        return failures.Count == 0 ? published : throw new AggregateException(failures);
    }

    /// <summary>The same for every client.</summary>
    public async Task<int> ResumeUnfinishedAsync(CancellationToken cancellation = default)
    {
        var count = 0;
        foreach (var client in _definitions.Clients()) count += await ResumeUnfinishedAsync(client.Value.Id, cancellation).ConfigureAwait(false);
        return count;
    }

    /// <summary>Writes a run's files again into a folder of the caller; what is published is not touched.</summary>
    public async Task<ExportManifest> RebuildAsync(long runId, string targetDirectory, CancellationToken cancellation = default)
    {
        var run = _runs.Find(runId) ?? throw new KeyNotFoundException($"CL7005: export run {runId} does not exist.");
        Directory.CreateDirectory(targetDirectory);
        var set = await Task.Run(() => _set.Write(run, AtCutOff(run), NamesOf(run), name => Path.Combine(targetDirectory, name), cancellation), cancellation).ConfigureAwait(false);
        return set.Tables;
    }

    /// <summary>Microseconds of the newest cut-off; 0 when none was taken yet.</summary>
    public long LastCut(long clientId) => _runs.Latest(clientId, 1) is [var run] ? run.CutTo : 0;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ExportRun> Latest(long clientId, int count) => _runs.Latest(clientId, count);

    /// <summary>The folder a client's files appear in.</summary>
    public string FolderOf(ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Path.GetFullPath(Path.Combine(client.RootBelow(_options.DropFolder), client.Folders.Out));
    }

    public void Dispose() => _one.Dispose();

    private WrittenSet Publish(ExportRun run, CancellationToken cancellation)
    {
        var folder = FolderOf(Current(run));
        Directory.CreateDirectory(folder);
        var set = _set.Write(run, AtCutOff(run), NamesOf(run), name => Path.Combine(folder, ExportPublisher.TemporaryName(name)), cancellation);
        ExportPublisher.Publish(folder, set, Renamed);
        var files = set.Tables.Files;
        LogPublished(run.RunId, run.ClientId, run.Label, files.Sum(file => file.Rows), files.Sum(file => file.Bytes), files.Count, folder);
        return set;
    }

    /// <summary>The bytes follow the settings at the cut-off, not those of today: a rebuilt file must equal the published one.</summary>
    private ClientDefinition AtCutOff(ExportRun run) => _definitions.FindClientAt(run.ClientId, run.CutTo)!.Value;

    private ExportFileNames NamesOf(ExportRun run) => new(Current(run).Export);

    private ClientDefinition Current(ExportRun run) => _definitions.FindClient(run.ClientId)!.Value;

    private static void Check(ClientDefinition client)
    {
        if (!client.Export.NonAnonymisedAccepted)
        {
            throw new ExportException("CL7001",
                $"the export of client '{client.Key}' holds personal data and export.nonAnonymisedAccepted is not set; set it when the client has agreed in writing (closed-loop spec section 2).");
        }

        if (ExportCheck.Fault(client) is { } fault) throw fault;
    }
}

using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Clients;
using ClosedLoop.Grains.Placement;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Intake.Files;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Telemetry;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Draining;
using ClosedLoop.Model.Files;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Zones;

/// <summary>
/// Polls one client's folder and takes in one file at a time. It never waits for a file: the intake runs beside the grain and
/// reports back by <see cref="FileDoneAsync"/>. What it remembers can be lost, because the register knows every claimed file.
/// </summary>
[RunsOn(Roles.Ingest)]
public sealed partial class DropZoneGrain(
    DefinitionStore definitions,
    FileRegister register,
    FileIntake intake,
    IDropZones zones,
    IStatusNotifier notifier,
    IIntakeRoom room,
    DrainSwitch drain,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DropZoneGrain> logger) : Grain, IDropZoneGrain
{
    private IGrainTimer? _timer;
    private FolderWatch? _watch;
    private FolderWatch? _productWatch;
    private Versioned<ClientDefinition>? _client;
    private string? _current;
    private bool _busy;
    private Guid _workId;
    private Task _work = Task.CompletedTask;
    private CancellationTokenSource? _stop;
    private bool _recovered;
    private bool _lookAgain;
    private string? _shortage;
    private long _nextPoll;
    private int _waiting;

    private string Key => this.GetPrimaryKeyString();

    public Task StartAsync()
    {
        if (_timer is not null) return Task.CompletedTask;

        // The first look is a tick of its own: the client's grain, which may be asked to stop the folder, is waiting for this call.
        var period = TimeSpan.FromSeconds(Client().Value.Import.PollSeconds);
        _timer = this.RegisterGrainTimer(
            static (self, _) => self.TickAsync(), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = period, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task PollAsync()
    {
        var client = Client();
        _nextPoll = time.NowMicroseconds() + (client.Value.Import.PollSeconds * 1_000_000L);
        if (!client.Value.Import.Enabled) return;
        if (_busy)
        {
            _lookAgain = true;
            return;
        }

        var zone = zones.Open(client.Value);
        if (!_recovered && !drain.IsOn)
        {
            // What a crash left behind goes first, and also when the folder is stopped: "stopped" is about files that wait.
            _recovered = true;
            Run(register.Unfinished(client.Value.Id) is [var oldest, ..] ? oldest.Name : null, stopping => RecoverAsync(zone, client, stopping));
            return;
        }

        // Product files are looked for last: one that came before a recipient file of a later time is then seen with it.
        var look = _watch!.Look(await zone.ListAsync(ZoneFolder.In), time.GetUtcNow());
        var products = _productWatch!.Look(await zone.ListAsync(ZoneFolder.Products), time.GetUtcNow());
        _waiting = look.Waiting + products.Waiting;
        await TellAsync(client.Value, [.. look.Problems, .. products.Problems]);

        // Files stay where their senders put them, whole, for a later poll to find. A file begun on a full disk would only be begun again.
        if (HasNoRoom()) return;
        look = WithoutHeldNames(client.Value, look);
        if (IntakeOrder.Next(look, products) is not { } next || (ProductFileName.KindOf(next) is null && !(await Folder().GetFolderAsync()).Running))
        {
            await PollTestAsync(zone, client);
            return;
        }

        Run(next, stopping => TakeInAsync(zone, client, next, ProductFileName.FolderOf(next), stopping));
    }

    public async Task<DropZoneStatus> GetStatusAsync()
    {
        var folder = await Folder().GetFolderAsync();
        return new DropZoneStatus(folder.Running, folder.Reason ?? _shortage, _nextPoll, _current, _waiting);
    }

    public async Task FileDoneAsync(Guid work, long fileId, bool failed)
    {
        // The grain may have been activated elsewhere meanwhile, and be at work on something else.
        if (work != _workId) return;
        LogDone(Key, fileId, failed);
        _busy = false;
        _current = null;

        // An intake that broke off for a reason outside the file is found again in the register: at the next poll, not at once for ever.
        if (failed && fileId == 0)
        {
            _recovered = false;
            if (!_lookAgain) return;
        }

        _lookAgain = false;
        await PollAsync();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_stop is not null) await _stop.CancelAsync();
        await ((Task)_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _stop?.Dispose();
    }

    public Task<OperatorAnswer> RetryAsync(long fileId) => CommandAsync((zone, client) => intake.RetryAsync(zone, client, fileId), fileId);

    public Task<OperatorAnswer> ReplaceAsync(long fileId, string path) =>
        CommandAsync((zone, client) => intake.ReplaceAsync(zone, client, fileId, path), fileId);

    public Task<OperatorAnswer> DiscardAsync(long fileId) => CommandAsync((zone, client) => intake.DiscardAsync(zone, client, fileId), fileId);

    public Task<OperatorAnswer> RejectAsync(long fileId, string reason) => CommandAsync((zone, client) => intake.DiscardAsync(zone, client, fileId, reason), fileId);

    public Task<OperatorAnswer> ApproveAsync(long fileId, string name, string? person, string? reason) =>
        CommandAsync((_, client) => intake.ApproveAsync(client, fileId, new Approver(name, person, reason)), fileId);

    private async Task<OperatorAnswer> CommandAsync(Func<IDropZone, Versioned<ClientDefinition>, Task<OperatorAnswer>> command, long fileId)
    {
        var client = Client();
        if (_busy && _current is not null && register.Find(fileId)?.Name == _current) return new(Done: false, $"{_current} is still being worked on; try again in a moment");
        var answer = await command(zones.Open(client.Value), client);
        LogCommand(Key, fileId, answer.Done, answer.Text);
        if (!answer.Done) return answer;

        // A start that is tried again stands in the register as unfinished, like one that a crash interrupted.
        if (register.Find(fileId) is { IsUnfinished: true }) _recovered = false;
        await PollAsync();
        return answer;
    }

    /// <summary>A file that waits for approval lies under its name where the next one of that name would be claimed to: that one waits in the drop folder, and others pass it.</summary>
    private FolderLook WithoutHeldNames(ClientDefinition client, FolderLook look)
    {
        if (look.Ready.Count == 0 || register.Held(client.Id) is not { Count: > 0 } held) return look;
        return look with { Ready = [.. look.Ready.Where(entry => !held.Any(file => file.Name == entry.Name))] };
    }

    private bool HasNoRoom()
    {
        var before = _shortage;
        _shortage = drain.IsOn ? "this process is being drained and takes no file up" : room.Shortage();
        if (_shortage is not null && before is null)
        {
            if (drain.IsOn) LogDrained(Key);
            else LogNoRoom(Key, _shortage);
        }

        if (_shortage is null && before is not null) LogRoomAgain(Key);
        return _shortage is not null;
    }

    private async Task TickAsync()
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var reached = false;
        try
        {
            await PollAsync();
            reached = true;
        }
#pragma warning disable CA1031 // a folder that cannot be read now is looked at again at the next tick
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogPollFailed(Key, e);
        }

        IntakeMetrics.Polled(System.Diagnostics.Stopwatch.GetElapsedTime(started), reached);
    }

    /// <summary>Runs work on the thread pool, away from the grain's turns, and has its end reported as a call.</summary>
    private void Run(string? name, Func<CancellationToken, Task<(long FileId, bool Failed)>> work)
    {
        _busy = true;
        _current = name;
        _workId = Guid.NewGuid();
        _stop ??= CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        var (self, key, id, stopping) = (this.AsReference<IDropZoneGrain>(), Key, _workId, _stop.Token);
        var counted = drain.Begin("files");
        var ended = Task.Run(() => EndOfAsync(key, name, counted, work, stopping), CancellationToken.None);
        _work = ended;

        // Not part of what a deactivation waits for: the report would wait for the deactivation.
        _ = Task.Run(() => ReportAsync(self, id, ended), CancellationToken.None);
    }

    private static async Task ReportAsync(IDropZoneGrain self, Guid work, Task<(long FileId, bool Failed)?> ended)
    {
        if (await ended is { } end) await self.FileDoneAsync(work, end.FileId, end.Failed);
    }

    /// <returns>How the work ended; <c>null</c> when it was cut off by a stop.</returns>
    private async Task<(long FileId, bool Failed)?> EndOfAsync(
        string key, string? name, IDisposable counted, Func<CancellationToken, Task<(long FileId, bool Failed)>> work, CancellationToken stopping)
    {
        using var until = counted;
        try
        {
            var end = await work(stopping);
            return stopping.IsCancellationRequested ? null : end;
        }
#pragma warning disable CA1031 // whatever broke, the zone must learn that nobody is working; the file is taken up again from the register
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (stopping.IsCancellationRequested) return null;
            LogBroke(key, name, e);
            return (0, true);
        }
    }

    private async Task<(long FileId, bool Failed)> RecoverAsync(IDropZone zone, Versioned<ClientDefinition> client, CancellationToken stopping)
    {
        (long FileId, bool Failed) last = (0, false);
        foreach (var file in await intake.RecoverAsync(zone, client, stopping))
        {
            last = (file.FileId, await intake.RunAsync(zone, client, file.FileId, stopping) is FileState.FailedImport or FileState.FailedStart);
        }

        return last;
    }

    private async Task<(long FileId, bool Failed)> TakeInAsync(IDropZone zone, Versioned<ClientDefinition> client, string name, ZoneFolder drop, CancellationToken stopping)
    {
        // Asked once more now that the work is counted: whoever drains must not see it begin after all had ended.
        if (drain.IsOn) return (0, false);
        if (await intake.ClaimAsync(zone, client.Value, name, drop, stopping) is not { } file) return (0, false);
        return (file.FileId, await intake.RunAsync(zone, client, file.FileId, stopping) is FileState.FailedImport or FileState.FailedStart);
    }

    // A file name is the sender's text: it must not write lines of its own into the log.
    private async Task TellAsync(ClientDefinition client, IReadOnlyList<(ZoneEntry Entry, FileProblem Problem)> problems)
    {
        foreach (var (entry, problem) in problems)
        {
            // A name comes from outside; in logs and mails it is text of one line.
            var printable = entry with { Name = string.Concat(entry.Name.Select(c => char.IsControl(c) ? '?' : c)) };
            LogNameProblem(Key, problem.Code.Code, printable.Name, problem.Message);
            await notifier.NotifyAsync(client, printable, problem);
        }
    }

    private IClientGrain Folder() => GrainFactory.GetGrain<IClientGrain>(Key);

    /// <summary>The definition in force; a new version changes the rules for the next file.</summary>
    private Versioned<ClientDefinition> Client()
    {
        var client = definitions.FindClient(Key) ?? throw new KeyNotFoundException($"CL1002: client '{Key}' does not exist.");
        if (_client?.Version != client.Version)
        {
            _watch = new FolderWatch(client.Value.Import);
            _productWatch = new FolderWatch(client.Value.Import, forProducts: true);
            _testWatch = new FolderWatch(client.Value.Import);
        }

        return _client = client;
    }
}

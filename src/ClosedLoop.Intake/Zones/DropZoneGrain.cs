using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Clients;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Intake.Files;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Zones;

/// <summary>
/// Polls one client's folder and takes in one file at a time. It never waits for a file: the intake runs beside the grain and
/// reports back by <see cref="FileDoneAsync"/>. What it remembers can be lost, because the register knows every claimed file.
/// </summary>
public sealed partial class DropZoneGrain(
    DefinitionStore definitions,
    FileRegister register,
    FileIntake intake,
    IDropZones zones,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DropZoneGrain> logger) : Grain, IDropZoneGrain
{
    private readonly Queue<long> _unfinished = new();
    private IGrainTimer? _timer;
    private FolderWatch? _watch;
    private Versioned<ClientDefinition>? _client;
    private string? _current;
    private bool _recovered;
    private bool _lookAgain;
    private long _nextPoll;
    private int _waiting;

    private string Key => this.GetPrimaryKeyString();

    public async Task StartAsync()
    {
        if (_timer is not null) return;
        var period = TimeSpan.FromSeconds(Client().Value.Import.PollSeconds);
        _timer = this.RegisterGrainTimer(
            static (self, _) => self.TickAsync(), this, new GrainTimerCreationOptions { DueTime = period, Period = period, KeepAlive = true });
        await PollAsync();
    }

    public async Task PollAsync()
    {
        var client = Client();
        _nextPoll = time.NowMicroseconds() + (client.Value.Import.PollSeconds * 1_000_000L);
        if (!client.Value.Import.Enabled) return;
        if (_current is not null)
        {
            _lookAgain = true;
            return;
        }

        var zone = zones.Open(client.Value);
        if (!_recovered)
        {
            // What a crash left behind goes first, and also when the folder is stopped: "stopped" is about files that wait.
            var unfinishedFiles = await intake.RecoverAsync(zone, client);
            _unfinished.Clear();
            foreach (var file in unfinishedFiles) _unfinished.Enqueue(file.FileId);
            _recovered = true;
        }

        if (_unfinished.TryDequeue(out var unfinished))
        {
            Run(zone, client, register.Find(unfinished)!.Name, unfinished);
            return;
        }

        var look = _watch!.Look(await zone.ListAsync(ZoneFolder.In), time.GetUtcNow());
        _waiting = look.Waiting;
        foreach (var (name, problem) in look.Problems) LogNameProblem(Key, problem.Code.Code, Printable(name), problem.Message);
        if (look.Ready.Count == 0 || !(await Folder().GetFolderAsync()).Running) return;
        Run(zone, client, look.Ready[0].Name, fileId: null);
    }

    public async Task<DropZoneStatus> GetStatusAsync()
    {
        var folder = await Folder().GetFolderAsync();
        return new DropZoneStatus(folder.Running, folder.Reason, _nextPoll, _current, _waiting);
    }

    public async Task FileDoneAsync(long fileId, bool failed)
    {
        LogDone(Key, fileId, failed);
        _current = null;

        // An intake that broke off for a reason outside the file is found again in the register, at the next poll and not at once for ever.
        if (fileId == 0) _recovered = false;
        if (fileId == 0 && !_lookAgain) return;
        _lookAgain = false;
        await PollAsync();
    }

    public Task<OperatorAnswer> RetryAsync(long fileId) => CommandAsync((zone, client) => intake.RetryAsync(zone, client, fileId), fileId);

    public Task<OperatorAnswer> ReplaceAsync(long fileId, string path) =>
        CommandAsync((zone, client) => intake.ReplaceAsync(zone, client, fileId, path), fileId);

    public Task<OperatorAnswer> DiscardAsync(long fileId) => CommandAsync((zone, client) => intake.DiscardAsync(zone, client, fileId), fileId);

    private async Task<OperatorAnswer> CommandAsync(Func<IDropZone, Versioned<ClientDefinition>, Task<OperatorAnswer>> command, long fileId)
    {
        var client = Client();
        var answer = await command(zones.Open(client.Value), client);
        LogCommand(Key, fileId, answer.Done, answer.Text);
        if (!answer.Done) return answer;
        if (register.Find(fileId) is { IsUnfinished: true }) _unfinished.Enqueue(fileId);
        await PollAsync();
        return answer;
    }

    private async Task TickAsync()
    {
        try
        {
            await PollAsync();
        }
#pragma warning disable CA1031 // a folder that cannot be read now is looked at again at the next tick
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogPollFailed(Key, e);
        }
    }

    /// <summary>Starts the intake of one file on the thread pool, away from the grain's turns.</summary>
    private void Run(IDropZone zone, Versioned<ClientDefinition> client, string name, long? fileId)
    {
        _current = name;
        var self = this.AsReference<IDropZoneGrain>();
        var stopping = lifetime.ApplicationStopping;
        _ = Task.Run(() => TakeInAsync(self, zone, client, name, fileId, stopping), CancellationToken.None);
    }

    private async Task TakeInAsync(
        IDropZoneGrain self, IDropZone zone, Versioned<ClientDefinition> client, string name, long? fileId, CancellationToken stopping)
    {
        var done = 0L;
        var failed = false;
        try
        {
            var id = fileId ?? (await intake.ClaimAsync(zone, client.Value, name, stopping))?.FileId;
            if (id is { } number)
            {
                await intake.RunAsync(zone, client, number, stopping);
                failed = register.Find(number)!.IsFailed;
                done = number;
            }
        }
#pragma warning disable CA1031 // whatever broke, the zone must learn that nobody is working; the file is taken up again from the register
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroke(client.Value.Key, name, e);
            failed = true;
        }

        if (stopping.IsCancellationRequested) return;
        await self.FileDoneAsync(done, failed);
    }

    // A file name is the sender's text: it must not write lines of its own into the log.
    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));

    private IClientGrain Folder() => GrainFactory.GetGrain<IClientGrain>(Key);

    /// <summary>The definition in force; a new version changes the rules for the next file.</summary>
    private Versioned<ClientDefinition> Client()
    {
        var client = definitions.FindClient(Key) ?? throw new KeyNotFoundException($"CL1002: client '{Key}' does not exist.");
        if (_client?.Version != client.Version) _watch = new FolderWatch(client.Value.Import);
        return _client = client;
    }
}

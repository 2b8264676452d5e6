using System.Collections.Concurrent;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Orders;
using ClosedLoop.Data.Silos;
using ClosedLoop.Grains.Placement;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Intake.Orders.Feedback;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Orders.Operations;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Draining;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Orders.Zones;

/// <summary>
/// Polls one account's folder of orders. It never waits for an operation: each runs beside the grain. What it remembers can be lost, because every
/// operation stands in the database. All of it is done under the account's hold, so that a silo that was taken for dead changes nothing when it wakes up.
/// </summary>
[RunsOn(Roles.Ingest)]
public sealed partial class OrderZoneGrain(
    DefinitionStore definitions,
    AccountStore accounts,
    OperationStore operations,
    OrderIntake intake,
    DeliveryStarter starter,
    StatisticsReports statistics,
    IOrderFolders folders,
    WorkHolds holds,
    DrainSwitch drain,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<OrderZoneGrain> logger) : Grain, IOrderZoneGrain
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Operations that this activation works on. Told without a call: that might reach another activation, which works on the same operation by then.</summary>
    private readonly ConcurrentDictionary<long, bool> _running = new();
    private IGrainTimer? _timer;
    private long _nextPoll;
    private bool _recovered;
    private bool _driving;
    private WorkHold? _hold;

    private string Key => this.GetPrimaryKeyString();

    public Task StartAsync()
    {
        _timer ??= this.RegisterGrainTimer(
            static (self, _) => self.TickAsync(), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = Tick, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task PollAsync()
    {
        if (Definitions() is not { } found) return;
        var (client, configuration) = found;
        using var scope = (_hold ??= await holds.TakeAsync($"orders/{Key}")).Enter();
        _nextPoll = time.NowMicroseconds() + (configuration.PollSeconds * 1_000_000L);
        var folder = new HeldOrderFolder(folders.Open(client.Value, configuration));

        // What nobody works on goes first, whatever became of the folder's settings meanwhile.
        if (drain.IsOn) return;
        foreach (var open in operations.Open(client.Value.Id).Where(open => !_running.ContainsKey(open.OperationId)))
            Run(client, folder, open.OperationId, afterCrash: !_recovered);
        _recovered = true;
        if (configuration.Enabled && await intake.AcceptAsync(client, folder, lifetime.ApplicationStopping) is { } accepted) Run(client, folder, accepted, afterCrash: false);
    }

    public Task DriveAsync()
    {
        if (_driving || drain.IsOn || _hold is null || definitions.FindClient(Key) is not { } client || accounts.VersionOf(client.Value.Id) == 0) return Task.CompletedTask;
        _driving = true;
        var running = _running.Keys.ToHashSet();
        using var scope = _hold.Enter();
        _ = Task.Run(() => DriveAsync(client.Value, running, lifetime.ApplicationStopping), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task TickAsync()
    {
        if (_hold is { IsLost: true })
        {
            LogOvertaken(Key);
            DeactivateOnIdle();
            return;
        }

        try
        {
            if (time.NowMicroseconds() >= _nextPoll) await PollAsync();
            await DriveAsync();
        }
        catch (OvertakenException)
        {
            // The next tick ends this activation.
        }
#pragma warning disable CA1031 // a folder that cannot be read now is looked at again at the next poll
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested) LogPollFailed(Key, e);
        }
    }

    /// <summary>Runs an operation on the thread pool, away from the grain's turns.</summary>
    private void Run(Versioned<ClientDefinition> client, HeldOrderFolder folder, long operationId, bool afterCrash)
    {
        if (_running.TryAdd(operationId, value: true)) _ = Task.Run(() => RunAsync(client, folder, operationId, afterCrash, lifetime.ApplicationStopping), CancellationToken.None);
    }

    private async Task RunAsync(Versioned<ClientDefinition> client, HeldOrderFolder folder, long operationId, bool afterCrash, CancellationToken stopping)
    {
        using var counted = drain.Begin("orders");
        try
        {
            await intake.RunAsync(client, folder, operationId, afterCrash, stopping);
        }
        catch (OvertakenException)
        {
            // Another silo goes on with it; the next tick ends this activation.
        }
#pragma warning disable CA1031 // whatever broke, the operation is taken up again from the database
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!stopping.IsCancellationRequested) LogBroke(client.Value.Key, operationId, e);
        }
        finally
        {
            // Not when the service stops: nothing is to be begun anew then.
            if (!stopping.IsCancellationRequested) _running.TryRemove(operationId, out _);
        }
    }

    private async Task DriveAsync(ClientDefinition client, HashSet<long> running, CancellationToken stopping)
    {
        try
        {
            await starter.DriveAsync(client.Id, running, stopping);
            await statistics.WriteAsync(client.Id);
        }
        catch (OvertakenException)
        {
            // As above.
        }
#pragma warning disable CA1031 // tried again at the next tick
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!stopping.IsCancellationRequested) LogDriveFailed(client.Key, e);
        }
        finally
        {
            _driving = false;
        }
    }

    private (Versioned<ClientDefinition> Client, Model.Accounts.OrderConfiguration Configuration)? Definitions()
    {
        // Without an account the next look costs as little as this one.
        _nextPoll = time.NowMicroseconds() + 1_000_000;
        return definitions.FindClient(Key) is { } client && accounts.Find(client.Value.Id) is { } account ? (client, account.Value.XmlDelivery) : null;
    }

    [LoggerMessage(1321, LogLevel.Error, "{Client}: the folder of orders could not be looked at; it is tried again at the next poll")]
    private partial void LogPollFailed(string client, Exception error);

    [LoggerMessage(1322, LogLevel.Error, "{Client}: operation {OperationId} broke off; it is taken up again at the next poll")]
    private partial void LogBroke(string client, long operationId, Exception error);

    [LoggerMessage(1324, LogLevel.Warning, "CL6121: {Client}: another silo has the account's orders now; this one does nothing more for them")]
    private partial void LogOvertaken(string client);

    [LoggerMessage(1323, LogLevel.Error, "{Client}: deliveries that are due could not be started; it is tried again")]
    private partial void LogDriveFailed(string client, Exception error);
}

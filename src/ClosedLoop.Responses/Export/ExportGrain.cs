using ClosedLoop.Data.Clients;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Exports;
using ClosedLoop.Grains.Placement;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// Takes each daily cut-off of a client once, also those that passed while nothing ran. Taking one is a short write; the
/// files are written beside the grain's turns, and a reminder repeats what did not get published.
/// </summary>
[RunsOn(Roles.Ingest)]
public sealed partial class ExportGrain(
    [PersistentState("export", GrainStorage.Name)] IPersistentState<ExportDecisions> decisions,
    DefinitionStore definitions,
    ExportService exports,
    ExportOptions options,
    TimeProvider time,
    ILogger<ExportGrain> logger) : Grain, IExportGrain, IRemindable
{
    private const string WatchReminder = "watch";

    private readonly ILogger _logger = logger;
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;
    private IGrainTimer? _timer;

    public async Task StartAsync()
    {
        if (Client() is not { Export.Enabled: true } client)
        {
            await EndAsync();
            return;
        }

        if (decisions.State.Since == 0)
        {
            decisions.State.Since = time.NowMicroseconds();
            await decisions.WriteStateAsync();
        }

        await this.RegisterOrUpdateReminder(WatchReminder, options.Watch, options.Watch);
        await DriveAsync(client);
    }

    public async Task<long> RunAsync()
    {
        if (Client() is not { Export.Enabled: true } client) return 0;
        var run = await exports.CutAsync(client);
        Publish(client);
        return run!.RunId;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) =>
        Client() is { Export.Enabled: true } client ? DriveAsync(client) : EndAsync();

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_stop is not null) await _stop.CancelAsync();
        await _work;
        _stop?.Dispose();
    }

    private ClientDefinition? Client() => definitions.FindClient(this.GetPrimaryKeyString())?.Value;

    private async Task DriveAsync(ClientDefinition client)
    {
        try
        {
            var schedule = new ExportSchedule(client.Export);
            var now = time.NowMicroseconds();
            foreach (var due in schedule.Due(Math.Max(decisions.State.Since, exports.LastCut(client.Id)), now, options.MostMissed))
            {
                if (await exports.CutAsync(client, due) is { } run) LogCut(client.Key, Instants.FromMicroseconds(due), run.RunId);
            }

            Wake(schedule.Next(now) - now);
        }
        catch (ExportException refused)
        {
            // The reminder asks again: settings are changed by applying the client anew.
            LogRefused(refused, client.Key);
        }

        Publish(client);
    }

    /// <summary>A timer that fires early (the clock was set back) finds nothing due and is set again.</summary>
    private void Wake(long microseconds)
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(static (self, _) => self.StartAsync(), this, new GrainTimerCreationOptions
        {
            DueTime = TimeSpan.FromMicroseconds(Math.Max(microseconds, 1_000)),
            Period = Timeout.InfiniteTimeSpan,
            KeepAlive = true,
        });
    }

    private void Publish(ClientDefinition client)
    {
        var before = _work;
        _stop ??= new CancellationTokenSource();
        var cancellation = _stop.Token;
        _work = Task.Run(() => PublishAsync(before, client, cancellation), CancellationToken.None);
    }

    private async Task PublishAsync(Task before, ClientDefinition client, CancellationToken cancellation)
    {
        await before;
        try
        {
            await exports.ResumeUnfinishedAsync(client.Id, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The next activation takes it up.
        }
#pragma warning disable CA1031 // whatever broke the run is logged, and the reminder repeats it
        catch (Exception cause)
#pragma warning restore CA1031
        {
            LogBroke(cause, client.Key);
        }
    }

    private async Task EndAsync()
    {
        _timer?.Dispose();
        _timer = null;
        if (await this.GetReminder(WatchReminder) is { } reminder) await this.UnregisterReminder(reminder);
    }
}

using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Optimove;
using ClosedLoop.Grains.Placement;
using ClosedLoop.Optimove.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Optimove;

/// <summary>
/// Owns one client's connector: as there is one activation per key, nobody else talks to Optimove for it. The work runs beside the grain's turns, so that no call waits for it; a reminder
/// brings it back after a crash.
/// </summary>
[RunsOn(Roles.Ingest)]
public sealed class OptimoveConnectorGrain(
    IServiceProvider services, DefinitionStore definitions, AttributeStore attributes, InteractionStore interactions, PreferenceStore preferences, IHostApplicationLifetime lifetime)
    : Grain, IOptimoveConnectorGrain, IRemindable, IDisposable
{
    private const string WatchReminder = "watch";
    private static readonly TimeSpan Watch = TimeSpan.FromMinutes(1);

    private ConnectorRun? _run;
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;
    private IGrainTimer? _timer;

    public Task StartAsync()
    {
        if (_run is { } current)
        {
            // Whoever asks next starts it anew, wherever that is then.
            if (current.IsOvertaken) DeactivateOnIdle();
            return Task.CompletedTask;
        }

        var run = _run = ActivatorUtilities.CreateInstance<ConnectorRun>(services, this.GetPrimaryKeyString());
        _stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        var stopping = _stop.Token;
        _work = Task.Run(() => run.RunAsync(stopping), CancellationToken.None);

        // A connector is never idle: somebody has to look whether something is due.
        _timer = this.RegisterGrainTimer(
            static (_, _) => Task.CompletedTask, this, new GrainTimerCreationOptions { DueTime = Watch, Period = Watch, KeepAlive = true });
        return this.RegisterOrUpdateReminder(WatchReminder, Watch, Watch);
    }

    public async Task WakeAsync()
    {
        await StartAsync();
        _run!.Wake();
    }

    public async Task<OperatorAnswer> RegisterAsync()
    {
        await StartAsync();
        _run!.RegisterNow();
        return new OperatorAnswer(Done: true, "listeners are being registered; closedloop optimove status shows how it ends");
    }

    public async Task<OperatorAnswer> CleanUpAsync(bool dryRun)
    {
        await StartAsync();
        try
        {
            if (await _run!.CleanUpAsync(dryRun, _stop!.Token) is not { } removed) return new OperatorAnswer(Done: false, "the client has no connector with a key");
            if (removed.Count == 0) return new OperatorAnswer(Done: true, "no listener of ours is registered that is not wanted");
            return new OperatorAnswer(Done: true, (dryRun ? "would be removed:\n" : "removed:\n") + string.Join('\n', removed));
        }
        catch (Api.OptimoveException e)
        {
            return new OperatorAnswer(Done: false, "CL9033: " + e.Message);
        }
    }

    public async Task<OperatorAnswer> ReplayAsync(string what)
    {
        if (definitions.FindClient(this.GetPrimaryKeyString()) is not { } client) return new OperatorAnswer(Done: false, "the client does not exist");
        switch (what)
        {
            case "dead-letters":
                return new OperatorAnswer(Done: true, FormattableString.Invariant($"{await attributes.ReplayAsync(client.Value.Id)} attributes are sent again"));
            case "preferences":
                return new OperatorAnswer(Done: true, FormattableString.Invariant($"{await preferences.ReplayAsync(client.Value.Id)} opt-ins and opt-outs are told again"));
            case "in-doubt":
                return new OperatorAnswer(Done: true, FormattableString.Invariant($"{await interactions.ReplayAsync(client.Value.Id)} results are posted again; those that had arrived are counted twice"));
            default:
                return new OperatorAnswer(Done: false, $"'{what}' cannot be replayed; expected dead-letters, preferences or in-doubt");
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => WakeAsync();

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        if (_stop is not null) await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _stop?.Dispose();
        _run?.Dispose();
    }
}

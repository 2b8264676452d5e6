using ClosedLoop.Data.Optimove;
using ClosedLoop.Data.Silos;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Outbound;
using ClosedLoop.Optimove.Registration;

namespace ClosedLoop.Optimove.Execution;

/// <summary>
/// Everything one connector does, beside its grain's turns: loops that look at tables, each for one kind of work, so that a campaign that is being read does not hold up a trigger. What a loop
/// holds in memory can be lost at any time, and so can the right to do it: a silo that was taken for dead writes and asks nothing more once another has the connector.
/// </summary>
internal sealed class ConnectorRun(
    string clientKey, ConnectorSessions sessions, EventWork events, TriggerWork triggers, CampaignWork campaigns, RegistrationWork registration, TemplateSync templates, ReportWork reports,
    PreferenceWork preferences, PostingWork posting, AttributeWork attributes, OptimoveEventStore store, WorkHolds holds, ConnectorLog log, OptimoveOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Upkeep = TimeSpan.FromHours(1);
    private static readonly TimeSpan StandingAge = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _events = new(0, 1);
    private readonly SemaphoreSlim _campaigns = new(0, 1);
    private readonly SemaphoreSlim _registration = new(0, 1);
    private volatile bool _registerNow;
    private WorkHold? _hold;

    /// <summary>Another silo has the connector; this run is over.</summary>
    public bool IsOvertaken => _hold is { IsLost: true };

    /// <summary>Something was stored.</summary>
    public void Wake() => Signal(_events);

    /// <summary>Registers at the next opportunity, which is at once.</summary>
    public void RegisterNow()
    {
        _registerNow = true;
        Signal(_registration);
    }

    /// <summary>What of ours is registered and not wanted.</summary>
    public async Task<IReadOnlyList<string>?> CleanUpAsync(bool dryRun, CancellationToken cancellation) => sessions.Open(clientKey) is { } session
        ? await registration.RemoveStaleAsync(session, registration.Wanted(session), dryRun, cancellation)
        : null;

    public async Task RunAsync(CancellationToken stopping)
    {
        if (await TakeAsync(stopping) is not { } hold) return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping, hold.Lost);
        using var scope = hold.Enter();
        events.WhenReady(Wake);
        if (await RecoverAsync(over.Token)) await WorkAsync(over.Token);
        if (hold.IsLost) log.Overtaken(clientKey);
    }

    private Task WorkAsync(CancellationToken stopping) => Task.WhenAll(
        LoopAsync("events", Look, _events, EventsAsync, stopping),
        LoopAsync("campaigns", Look, _campaigns, campaigns.RunAsync, stopping),
        LoopAsync("registration", Look, _registration, RegisterAsync, stopping),
        LoopAsync("templates", SyncEvery, signal: null, SyncAsync, stopping),
        LoopAsync("reports", options.Feed, signal: null, (session, _) => reports.RunAsync(session), stopping),
        LoopAsync("preferences", options.Feed, signal: null, preferences.RunAsync, stopping),
        LoopAsync("posting", options.Feed, signal: null, posting.RunAsync, stopping),
        LoopAsync("attributes", options.Coalesce / 5, signal: null, attributes.RunAsync, stopping),
        LoopAsync("upkeep", Upkeep, signal: null, UpkeepAsync, stopping));

    public void Dispose()
    {
        _events.Dispose();
        _campaigns.Dispose();
        _registration.Dispose();
    }

    private static void Signal(SemaphoreSlim signal)
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has signalled already, and nobody has looked since.
        }
    }

    /// <summary>Ends whatever another silo still does for the connector.</summary>
    private async Task<WorkHold?> TakeAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                return _hold = await holds.TakeAsync($"optimove/{clientKey}");
            }
#pragma warning disable CA1031 // a database that is away for a moment must not end the connector
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.Broke(clientKey, "start", e);
            }

            await Task.Delay(Look, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    /// <summary>Before anything else: marks of a process that died must be told from those of this one.</summary>
    private async Task<bool> RecoverAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (sessions.Open(clientKey) is { } session)
                {
                    await posting.RecoverAsync(session.ClientId);
                    await attributes.RecoverAsync(session.ClientId);
                    return true;
                }
            }
            catch (OvertakenException)
            {
                return false;
            }
#pragma warning disable CA1031 // a database that is away for a moment must not end the connector
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.Broke(clientKey, "start", e);
            }

            await Task.Delay(Look, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private async Task LoopAsync(string name, TimeSpan pause, SemaphoreSlim? signal, Func<ConnectorSession, CancellationToken, Task> look, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (sessions.Open(clientKey) is { } session) await look(session, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (OvertakenException)
            {
                return;
            }
#pragma warning disable CA1031 // what is to be done is in tables; the loop must outlive whatever ails it
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.Broke(clientKey, name, e);
                await Task.Delay(Look, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var wait = signal is null ? Task.Delay(pause, time, stopping) : signal.WaitAsync(pause, stopping);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EventsAsync(ConnectorSession session, CancellationToken stopping)
    {
        if (await events.RunAsync(session, stopping)) Signal(_campaigns);
    }

    private async Task RegisterAsync(ConnectorSession session, CancellationToken stopping)
    {
        var now = _registerNow;
        _registerNow = false;
        await registration.RunAsync(session, now, stopping);
    }

    private Task SyncAsync(ConnectorSession session, CancellationToken stopping) =>
        session.Row.State is ConnectorState.Active or ConnectorState.ActiveDegraded && session.Row.RegisteredVersion == session.Row.Version
            ? templates.SyncAsync(session, force: false, stopping)
            : Task.CompletedTask;

    private async Task UpkeepAsync(ConnectorSession session, CancellationToken stopping)
    {
        await triggers.CloseOldAsync(session, StandingAge);
        var before = Model.Instants.ToMicroseconds(time.GetUtcNow() - options.KeepEvents);
        while (!stopping.IsCancellationRequested && await store.RemoveAsync(before) > 0)
        {
            // The next lot; other writes get their turn in between.
        }
    }
}

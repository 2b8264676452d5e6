using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Execution;

namespace ClosedLoop.Optimove.Registration;

/// <summary>
/// From a saved connector to registered listeners (optimove spec section 10.1). What is there is asked first, what is missing is registered and seen in the list before anything old of ours is removed,
/// and nothing that is not at an address with a key of ours is ever touched.
/// </summary>
internal sealed partial class RegistrationWork(ConnectorStore store, TemplateSync templates, ConnectorLog log, OptimoveOptions options, TimeProvider time)
{
    private static readonly int[] Pauses = [1, 5, 15, 60];
    private static readonly long Nightly = (long)TimeSpan.FromHours(24).TotalMicroseconds;

    /// <summary>Brings Optimove to what the connector wants, when it may not be there.</summary>
    public async Task RunAsync(ConnectorSession session, bool now, CancellationToken cancellation)
    {
        if (!now && !IsDue(session)) return;
        try
        {
            await RegisterAsync(session, cancellation);
        }
        catch (OptimoveException e) when (e.Fault == OptimoveFault.Auth)
        {
            log.KeyRefused(session.Client.Value.Key, e.Message);
            await MoveAsync(session, ConnectorState.AuthError, e.Message);
            await store.PutOffAsync(session.ClientId, session.Row.Version, long.MaxValue);
        }
        catch (OptimoveException e) when (e.Fault == OptimoveFault.Permission)
        {
            log.NotAllowed(session.Client.Value.Key, e.Call);
            await MoveAsync(session, ConnectorState.PermissionError, e.Message);
            await store.PutOffAsync(session.ClientId, session.Row.Version, Next(session));
        }
        catch (OptimoveException e)
        {
            await DegradeAsync(session, 0, e.Message);
        }
    }

    private bool IsDue(ConnectorSession session)
    {
        var now = time.NowMicroseconds();
        if (session.Row.NextTry > now) return false;
        if (session.Row.RegisteredVersion != session.Row.Version) return true;
        if (!session.Definition.Active) return false;

        // The host may have changed with a restart, which no version tells.
        var known = store.Listeners(session.ClientId).Where(listener => listener.State == "registered").Select(listener => (listener.EventType, listener.ChannelId, listener.Address)).ToHashSet();
        return now - session.Row.SyncedAt > Nightly
            || WantedListener.Of(session.Definition, options, session.AppKey).Any(wanted => !known.Contains((wanted.EventType, wanted.ChannelId ?? 0, WantedListener.Marked(wanted.Url))));
    }

    private async Task RegisterAsync(ConnectorSession session, CancellationToken cancellation)
    {
        // A look by night at a connector that works is no change of its state.
        var isNew = session.Row.RegisteredVersion != session.Row.Version;
        if (isNew) await MoveAsync(session, ConnectorState.Verifying, reason: null);
        if (session.Definition.Active) await session.Api.GetLastDataUpdateAsync(cancellation);
        if (isNew) await MoveAsync(session, ConnectorState.Registering, reason: null);
        var wanted = WantedListener.Of(session.Definition, options, session.AppKey);
        var failed = await RegisterMissingAsync(session, wanted, cancellation);
        if (failed.Count > 0)
        {
            await DegradeAsync(session, failed.Count, failed[0]);
            return;
        }

        await RemoveStaleAsync(session, wanted, dryRun: false, cancellation);

        // Removing one of two at the same event and channel may take both away.
        failed = await RegisterMissingAsync(session, wanted, cancellation);
        if (failed.Count > 0)
        {
            await DegradeAsync(session, failed.Count, failed[0]);
            return;
        }

        if (!session.Definition.Active)
        {
            await MoveAsync(session, ConnectorState.Inactive, reason: null);
        }
        else
        {
            if (isNew) await MoveAsync(session, ConnectorState.Syncing, reason: null);
            await templates.SyncAsync(session, force: true, cancellation);
            await ValidateParamsAsync(session, cancellation);
            await MoveAsync(session, ConnectorState.Active, reason: null);
        }

        await store.RegisteredAsync(session.ClientId, session.Row.Version);
        await store.SyncedAsync(session.ClientId, time.NowMicroseconds());
    }

    /// <returns>Why listeners could not be registered; empty when the list has all of them.</returns>
    private async Task<List<string>> RegisterMissingAsync(ConnectorSession session, IReadOnlyList<WantedListener> wanted, CancellationToken cancellation)
    {
        var failed = new List<string>();
        if (wanted.Count == 0) return failed;
        var registered = await session.Api.GetRegisteredEventListenersAsync(cancellation);
        var missing = wanted.Where(listener => !registered.Any(listener.Is)).ToList();
        foreach (var listener in missing)
        {
            try
            {
                await session.Api.RegisterEventListenerAsync(listener.EventType, listener.ChannelId, listener.Url, cancellation);
                log.Listener(session.Client.Value.Key, listener.EventType, listener.ChannelId ?? 0, "registered");
            }
            catch (OptimoveException e) when (e.Fault is not (OptimoveFault.Auth or OptimoveFault.Permission))
            {
                failed.Add(e.Message);
                await WriteDownAsync(session, listener, "failed", e.Message);
            }
        }

        if (missing.Count > 0) registered = await session.Api.GetRegisteredEventListenersAsync(cancellation);
        foreach (var listener in wanted)
        {
            if (registered.Any(listener.Is)) await WriteDownAsync(session, listener, "registered", reason: null);
            else if (failed.Count == 0) failed.Add(FormattableString.Invariant($"event {listener.EventType}, channel {listener.ChannelId}: registered, but not in the list"));
        }

        return failed;
    }

    private async Task DegradeAsync(ConnectorSession session, int count, string cause)
    {
        var next = Next(session);
        log.Degraded(session.Client.Value.Key, count, Instants.FromMicroseconds(next), cause);
        await MoveAsync(session, ConnectorState.ActiveDegraded, cause);
        await store.PutOffAsync(session.ClientId, session.Row.Version, next);
    }

    private long Next(ConnectorSession session) =>
        time.NowMicroseconds() + (long)(options.RegistrationMinute * Pauses[Math.Min(session.Row.Attempts, Pauses.Length - 1)]).TotalMicroseconds;

    private async Task MoveAsync(ConnectorSession session, ConnectorState state, string? reason)
    {
        if (store.Find(session.ClientId)?.State != state) log.Moved(session.Client.Value.Key, state.ToString());
        await store.MoveAsync(session.ClientId, session.Row.Version, state, reason);
    }

    private Task WriteDownAsync(ConnectorSession session, WantedListener listener, string state, string? reason)
    {
        var now = time.NowMicroseconds();
        return store.ListenerAsync(session.ClientId, new ListenerRow(
            listener.EventType, listener.ChannelId ?? 0, WantedListener.Marked(listener.Url), state, reason, state == "registered" ? now : 0, state == "registered" ? now : 0));
    }
}

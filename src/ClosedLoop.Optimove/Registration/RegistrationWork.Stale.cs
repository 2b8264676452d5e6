using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Execution;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove.Registration;

/// <summary>Listeners of ours that nobody wants any more, and attributes that Optimove does not have.</summary>
internal sealed partial class RegistrationWork
{
    /// <summary>Removes listeners at an address with a key of this client, on whatever host, that are not wanted.</summary>
    /// <returns>What was removed, or would be.</returns>
    public async Task<IReadOnlyList<string>> RemoveStaleAsync(ConnectorSession session, IReadOnlyList<WantedListener> wanted, bool dryRun, CancellationToken cancellation)
    {
        // The key is ours alone, also one that was replaced: an address that has it can be nobody else's, whatever host it is on.
        var ours = store.AppKeys().Where(key => key.ClientId == session.ClientId).Select(key => key.Hash).ToHashSet(StringComparer.Ordinal);
        var registered = await session.Api.GetRegisteredEventListenersAsync(cancellation);
        var stale = registered.Where(listener => WantedListener.KeyIn(listener.Url) is { } key && ours.Contains(AppKey.HashOf(key)) && !wanted.Any(each => each.Is(listener))).Distinct().ToList();
        var removed = new List<string>();
        foreach (var listener in stale)
        {
            removed.Add(FormattableString.Invariant($"event {listener.EventType}, channel {listener.ChannelId}: {WantedListener.Marked(listener.Url)}"));
            if (dryRun) continue;
            await session.Api.UnregisterEventListenerAsync(listener.EventType, listener.ChannelId == 0 ? null : listener.ChannelId, listener.Url, cancellation);
            await store.ListenerAsync(session.ClientId, new ListenerRow(listener.EventType, listener.ChannelId, WantedListener.Marked(listener.Url), "removed", null, 0, time.NowMicroseconds()));
            log.Listener(session.Client.Value.Key, listener.EventType, listener.ChannelId, "removed");
        }

        return removed;
    }

    /// <summary>What the connector wants of Optimove, for who looks at it without changing anything.</summary>
    public IReadOnlyList<WantedListener> Wanted(ConnectorSession session) => WantedListener.Of(session.Definition, options, session.AppKey);

    /// <summary>Names that Optimove does not have are told of; they are no reason to stop.</summary>
    private async Task ValidateParamsAsync(ConnectorSession session, CancellationToken cancellation)
    {
        const string Call = "GetCustomerAttributeList";
        var names = session.Definition.Params.Select(param => param.OptimoveName).Concat(session.Definition.Hooks.SelectMany(hook => hook.Fields).Select(field => field.RealFieldName))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count == 0 || session.Lacks(Call)) return;
        try
        {
            var fields = (await session.Api.GetCustomerAttributeListAsync(cancellation)).Select(field => field.RealFieldName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var name in names.Where(name => !fields.Contains(name))) log.UnknownAttribute(session.Client.Value.Key, name);
        }
        catch (OptimoveException e) when (e.Fault == OptimoveFault.Permission)
        {
            log.NotAllowed(session.Client.Value.Key, Call);
            await store.LacksAsync(session.ClientId, Call);
        }
        catch (OptimoveException e) when (e.Fault != OptimoveFault.Auth)
        {
            log.TriedAgain(session.Client.Value.Key, Call, e.Message);
        }
    }
}

using System.Text.Json.Nodes;
using ClosedLoop.Data;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Optimove.Outbound;

/// <summary>Takes events of our side in: what hooks make of them is stored in the transaction that answers for them.</summary>
public sealed class HookIntake(ConnectorDirectory directory, ProfileStore profiles, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Stores what hooks make of events; durable when awaited.</summary>
    /// <returns>Attributes stored, and events dropped because there is no active connector.</returns>
    public async Task<(int Stored, int Dropped)> FireAsync(long clientId, IReadOnlyList<HookEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (directory.Find(clientId) is not { Row.IsActive: true } connector) return (0, events.Count);
        var now = time.NowMicroseconds();
        var updates = events.SelectMany(happened => HookMapper.Map(connector.Definition.Hooks, happened).Select(value => (Customer: happened.ExternalId!.Trim(), value.Field, value.Value))).ToList();
        if (updates.Count > 0)
        {
            await writer.WriteAsync(context =>
            {
                foreach (var (customer, field, value) in updates) AttributeStore.Put(context, clientId, customer, field, value, now);
            });
        }

        return (updates.Count, 0);
    }

    /// <summary>Stores profiles, and what hooks make of changed attributes, together.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="changed">As they are now.</param>
    /// <param name="isFromOptimove">They come from Optimove: telling it again would go round in circles.</param>
    public Task<int> SaveProfilesAsync(long clientId, IReadOnlyList<Profile> changed, bool isFromOptimove)
    {
        var connector = directory.Find(clientId);
        var hooks = !isFromOptimove && connector is { Row.IsActive: true } ? connector.Definition.Hooks : [];
        var now = time.NowMicroseconds();
        return profiles.SaveAsync(clientId, changed, hooks.Count == 0 ? null : (context, profile, before) =>
        {
            if (Change(profile, before) is not { } happened) return;
            foreach (var (field, value) in HookMapper.Map(hooks, happened)) AttributeStore.Put(context, clientId, profile.ExternalId, field, value, now);
        }, isNews: !isFromOptimove);
    }

    private static HookEvent? Change(Profile profile, IReadOnlyDictionary<string, string?> before)
    {
        var changed = new JsonObject();
        foreach (var (name, value) in profile.Attributes)
        {
            if (!before.TryGetValue(name, out var old) || old != value) changed[name] = value;
        }

        foreach (var (name, _) in before.Where(pair => !profile.Attributes.ContainsKey(pair.Key))) changed[name] = null;
        if (changed.Count == 0) return null;
        var all = new JsonObject();
        foreach (var (name, value) in profile.Attributes) all[name] = value;

        // Only what has changed is told: attributes stands for the changed ones where a path names it.
        return new HookEvent(HookEvent.ProfileAttributeChange, profile.ExternalId, new JsonObject { ["externalId"] = profile.ExternalId, ["attributes"] = changed, ["all"] = all });
    }
}

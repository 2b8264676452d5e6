using System.Collections.Concurrent;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Delivery.Channels;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>All lanes of the process.</summary>
internal sealed class DeliveryLanes(DeliveryOptions options, LaneStore store, LaneLimitStore limits, TimeProvider time) : IDeliveryLanes
{
    private readonly ConcurrentDictionary<string, Lazy<RelayLane>> _lanes = new(StringComparer.Ordinal);
    private readonly Lock _deciding = new();
    private long _decisions;

    /// <summary>How many rates were set or lifted here; read before the record is, see <see cref="Adopt"/>.</summary>
    public long Decisions => Volatile.Read(ref _decisions);

    /// <summary>The lane of a client's relay, under the limits of the newest version of the client seen.</summary>
    public RelayLane Of(ClientDefinition client, int version)
    {
        var lane = Open(NameOf(client));
        lane.Limit(client.Mail, version);
        return lane;
    }

    /// <summary>Takes over the rates on record, unless somebody has set or lifted one here since <paramref name="decisions"/> was read: the record was read before that, and would undo it.</summary>
    public void Adopt(IReadOnlyList<RelayLane> relays, IReadOnlyList<LaneLimit> stored, long decisions)
    {
        lock (_deciding)
        {
            if (decisions != _decisions) return;
            foreach (var relay in relays) relay.Adopt(stored);
        }
    }

    /// <summary>Every relay's lane that was used.</summary>
    public IEnumerable<RelayLane> All() => _lanes.Values.Where(lane => lane.IsValueCreated).Select(lane => lane.Value);

    /// <summary>The lane of a client's provider of SMS or push, under the limits of the newest version of the client seen.</summary>
    public RelayLane Of(ClientDefinition client, string provider, ChannelPolicy policy, int version)
    {
        var lane = Open(NameOf(client, provider));
        lane.Limit(policy.PerSecond, version);
        return lane;
    }

    /// <summary>Writes down holds that changed.</summary>
    public Task SaveAsync(RelayLane lane)
    {
        var changes = lane.TakeChanges();
        return changes.Count == 0 ? Task.CompletedTask : store.SaveAsync(changes);
    }

    public async Task<string> HoldAsync(ClientDefinition client, string? domain, TimeSpan duration, string reason)
    {
        ArgumentNullException.ThrowIfNull(client);
        var (relay, lane) = Find(client, domain);
        lane.Decide(time.NowMicroseconds() + (long)duration.TotalMicroseconds, reason);
        await SaveAsync(relay).ConfigureAwait(false);
        return lane.Name;
    }

    public async Task<string> LimitAsync(ClientDefinition client, string? domain, double perSecond, TimeSpan duration, string reason, string setBy)
    {
        ArgumentNullException.ThrowIfNull(client);
        var (_, lane) = Find(client, domain);
        var now = time.NowMicroseconds();
        var limit = new LaneLimit(lane.Name, perSecond, now + (long)duration.TotalMicroseconds, reason, setBy);

        // On record first: what other silos read is never older than what this one does.
        await limits.SetAsync(limit, now).ConfigureAwait(false);
        Decide(lane, limit);
        return lane.Name;
    }

    public async Task<(string Lane, bool Done)> LiftAsync(ClientDefinition client, string? domain)
    {
        ArgumentNullException.ThrowIfNull(client);
        var (_, lane) = Find(client, domain);
        var done = await limits.RemoveAsync(lane.Name).ConfigureAwait(false);
        Decide(lane, limit: null);
        return (lane.Name, done);
    }

    private void Decide(Lane lane, LaneLimit? limit)
    {
        lock (_deciding)
        {
            Volatile.Write(ref _decisions, _decisions + 1);
            lane.Set(limit);
        }
    }

    private (RelayLane Relay, Lane Lane) Find(ClientDefinition client, string? domain)
    {
        var isProvider = domain is not null && ChannelTransports.ProvidersOf(client).Contains(domain, StringComparer.Ordinal);
        var relay = Open(isProvider ? NameOf(client, domain!) : NameOf(client));
        return (relay, isProvider || domain is null ? relay.Relay : relay.DomainOf(domain));
    }

    // Read anew for each relay: another silo may have held or limited it long after this one started, and its first message goes by that already.
    private RelayLane Open(string name) => _lanes.GetOrAdd(name, key => new Lazy<RelayLane>(() => new RelayLane(key, store.All(), time, options.SharedLimits, limits.All()))).Value;

    /// <summary>In the sink other things happen than at a provider: what is learned there says nothing about it.</summary>
    private string NameOf(ClientDefinition client, string provider) =>
        options.Mode == DeliveryMode.Live ? $"{client.Key}/{provider}" : FormattableString.Invariant($"{client.Key}/{provider}@{options.SinkHost}:{options.SinkPort}");

    private string NameOf(ClientDefinition client) => options.Mode == DeliveryMode.Live
        ? FormattableString.Invariant($"{client.Key}/{client.Relay.Host}:{client.Relay.Port}")
        : FormattableString.Invariant($"{client.Key}/{options.SinkHost}:{options.SinkPort}");
}

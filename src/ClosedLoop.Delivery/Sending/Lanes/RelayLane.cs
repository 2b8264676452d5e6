using System.Collections.Concurrent;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>A client's way to its relay, with a lane for every recipient domain that has a limit or has refused mail.</summary>
internal sealed class RelayLane
{
    private readonly LaneEras _eras = new();
    private readonly ConcurrentDictionary<string, Lane> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, LaneHold> _remembered;
    private readonly TimeProvider _time;
    private readonly bool _isShared;
    private volatile Dictionary<string, LaneLimits> _limits = [];

    /// <summary>Whether there may be domain lanes: asked for every recipient, and an empty ConcurrentDictionary takes all its locks to say so.</summary>
    private volatile bool _any;
    private int _version = -1;

    public RelayLane(string name, IEnumerable<LaneHold> holds, TimeProvider time, bool isShared = false, IEnumerable<LaneLimit>? limits = null)
    {
        _isShared = isShared;
        _time = time;
        Relay = new Lane(name, LanePolicy.Relay, _eras, time);
        if (isShared) Relay.Share();
        _remembered = new(holds.Where(hold => hold.Name.StartsWith(name + "/", StringComparison.Ordinal))
            .ToDictionary(hold => hold.Name[(name.Length + 1)..], StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        if (holds.FirstOrDefault(hold => string.Equals(hold.Name, name, StringComparison.Ordinal)) is { } own) Relay.Restore(own);
        foreach (var domain in _remembered.Keys) DomainOf(domain);
        foreach (var limit in limits ?? []) Named(limit.Name)?.Set(limit);
    }

    /// <summary>The connection as a whole.</summary>
    public Lane Relay { get; }

    /// <summary>The present moment in the order of attempts and holds.</summary>
    public long Era => _eras.Now;

    public bool LimitsConnections => _limits.Count > 0 && _limits.Values.Any(limits => limits.Connections is not null);

    /// <summary>Takes the limits of the newest definition seen; an older mailing does not bring back older ones.</summary>
    public void Limit(MailSettings mail, int version)
    {
        if (version <= Volatile.Read(ref _version)) return;
        lock (_domains)
        {
            if (version <= _version) return;
            _limits = new Dictionary<string, LaneLimits>(mail.Domains, StringComparer.OrdinalIgnoreCase);
            Relay.Limit(mail.PerSecond, connections: null);
            foreach (var (domain, lane) in _domains) Limit(lane, domain);
            Volatile.Write(ref _version, version);
        }
    }

    /// <summary>The same for a provider of another channel, which has no domains behind it.</summary>
    public void Limit(double? perSecond, int version)
    {
        if (version <= Volatile.Read(ref _version)) return;
        lock (_domains)
        {
            if (version <= _version) return;
            Relay.Limit(perSecond, connections: null);
            Volatile.Write(ref _version, version);
        }
    }

    /// <summary>The lane of an address's domain, or <c>null</c> when nothing is known of it and nothing limits it: most mail.</summary>
    public Lane? Find(string address)
    {
        if (!_any && _limits.Count == 0) return null;
        var domain = Domain(address);
        if (_domains.TryGetValue(domain, out var lane)) return lane;
        return _limits.ContainsKey(domain) || _limits.ContainsKey("*") ? DomainOf(domain) : null;
    }

    public Lane DomainOf(string domain)
    {
        var lane = _domains.GetOrAdd(domain, static (key, self) => self.OpenDomain(key), this);
        _any = true;
        return lane;
    }

    /// <summary>Learns from a reply.</summary>
    /// <param name="address">The recipient.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="era">When the attempt began.</param>
    /// <param name="random">In [0, 1).</param>
    /// <returns>The lane that is held from now on, or <c>null</c>.</returns>
    public Lane? Learn(string address, in SmtpResult result, long era, double random)
    {
        if (result.Action == SmtpAction.Accepted)
        {
            Relay.Succeeded(era);
            Find(address)?.Succeeded(era);
            return null;
        }

        var said = Describe(result);
        switch (result.Action)
        {
            case SmtpAction.DropConnection when result.Stage == SmtpStage.None:
                return null;

            // RFC 5321 section 3.8: the service closes the channel. And a 4xx before the recipient was named is about us.
            case SmtpAction.DropConnection when result.Code == 421:
                return Hold(Relay, 100);
            case SmtpAction.Retry when result.Stage is not (SmtpStage.Rcpt or SmtpStage.Data or SmtpStage.Body):
                return Hold(Relay, 10);
            case SmtpAction.DropConnection or SmtpAction.Unknown:
                return Hold(Relay, 34);
            case SmtpAction.Retry:
                return Hold(DomainOf(Domain(address)), 1) ?? Hold(Relay, 1);
            default:
                return null;
        }

        Lane? Hold(Lane lane, int weight) => lane.Failed(weight, era, said, random) ? lane : null;
    }

    /// <summary>No connection could be opened.</summary>
    public bool Unreachable(SmtpConnectException error, long era, double random) => Relay.Failed(100, era, error.Message, random);

    /// <summary>Holds that changed since the last call; lanes with nothing left to remember are dropped.</summary>
    public List<LaneHold> TakeChanges()
    {
        var changes = new List<LaneHold>();
        if (Relay.TakeChange() is { } own) changes.Add(own);
        foreach (var (domain, lane) in _domains)
        {
            if (lane.TakeChange() is { } change) changes.Add(change);
            if (lane.IsIdle) _domains.TryRemove(KeyValuePair.Create(domain, lane));
        }

        if (_any && _domains.IsEmpty)
        {
            // Looked at again afterwards: a lane opened in between has set the flag before this cleared it.
            _any = false;
            if (!_domains.IsEmpty) _any = true;
        }

        return changes;
    }

    /// <summary>The relay's lane and those of the domains behind it that there are.</summary>
    public IEnumerable<Lane> Lanes() => _domains.Values.Prepend(Relay);

    /// <summary>Takes over the rates that were set for a time, here or on another silo.</summary>
    public void Adopt(IReadOnlyList<LaneLimit> stored)
    {
        // One whose time is over stays on record until the next is set; taken over again and again it would let a message through each time.
        var now = _time.NowMicroseconds();
        var limits = stored.Where(limit => limit.Until > now).ToDictionary(limit => limit.Name, StringComparer.Ordinal);
        foreach (var name in limits.Keys) Named(name);
        foreach (var lane in Lanes()) lane.Set(limits.GetValueOrDefault(lane.Name));
    }

    /// <summary>Opens lanes of domains that others hold.</summary>
    public void Adopt(IReadOnlyDictionary<string, LaneHold> stored)
    {
        foreach (var held in stored.Keys.Where(key => key.StartsWith(Relay.Name + "/", StringComparison.Ordinal))) DomainOf(held[(Relay.Name.Length + 1)..]);
        foreach (var lane in Lanes()) lane.Adopt(stored.GetValueOrDefault(lane.Name));
    }

    public static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static string Describe(in SmtpResult result) =>
        FormattableString.Invariant($"at {result.Stage}: {(result.Code == 0 ? "" : $"{result.Code} ")}{result.Text}");

    /// <summary>The lane of a name, opened if need be; <c>null</c> for one of another relay.</summary>
    private Lane? Named(string name) => name == Relay.Name ? Relay : name.StartsWith(Relay.Name + "/", StringComparison.Ordinal) ? DomainOf(name[(Relay.Name.Length + 1)..]) : null;

    private Lane OpenDomain(string domain)
    {
        var lane = new Lane($"{Relay.Name}/{domain.ToLowerInvariant()}", LanePolicy.Domain, _eras, _time);
        if (_isShared) lane.Share();
        Limit(lane, domain);
        if (_remembered.TryRemove(domain, out var hold)) lane.Restore(hold);
        return lane;
    }

    private void Limit(Lane lane, string domain)
    {
        var limits = _limits.GetValueOrDefault(domain) ?? _limits.GetValueOrDefault("*");
        lane.Limit(limits?.PerSecond, limits?.Connections);
    }
}

using System.Globalization;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Operations.Reading;

/// <summary>Which limits hold for a client's mail, and where each was set.</summary>
internal static class LaneRules
{
    /// <summary>What somebody has set for a time: it goes before the definition.</summary>
    public static IEnumerable<LaneRule> Of(IEnumerable<LaneLimit> limits, Func<string, bool> sees, long now) => limits
        .Where(limit => limit.Until > now && sees(limit.Name.Split('/')[0]))
        .Select(limit => new LaneRule(limit.Name.Split('/')[0], string.Join(" → ", limit.Name.Split('/').Skip(1)), Text(new LaneLimits { PerSecond = limit.PerSecond }),
            string.Create(CultureInfo.InvariantCulture, $"{limit.SetBy}, until {Instants.FromMicroseconds(limit.Until):yyyy-MM-dd HH:mm} UTC, before the definition: {limit.Reason}"), limit.Name));

    public static IEnumerable<LaneRule> Of(ClientDefinition client, int version)
    {
        var origin = string.Create(CultureInfo.InvariantCulture, $"client.json of {client.Key}, version {version}");
        var route = string.Create(CultureInfo.InvariantCulture, $"{client.Relay.Host}:{client.Relay.Port}");
        yield return new LaneRule(client.Key, route, Text(new LaneLimits { PerSecond = client.Mail.PerSecond, Connections = client.Mail.Connections }), $"mail.perSecond, mail.connections in {origin}");
        foreach (var (domain, limits) in client.Mail.Domains) yield return new LaneRule(client.Key, $"{route} → {domain}", Text(limits), $"mail.domains.{domain} in {origin}");
    }

    private static string Text(LaneLimits limits)
    {
        var parts = new List<string>();
        if (limits.PerSecond is { } rate) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate:0.###} messages a second"));
        if (limits.Connections is { } connections) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{connections} connections"));
        return parts.Count == 0 ? "none of its own" : string.Join(", ", parts);
    }
}

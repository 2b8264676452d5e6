using System.Globalization;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Actions;

internal sealed partial class ClientActions
{
    /// <summary>More than a relay takes; a typing error is likelier.</summary>
    private const double HighestRate = 100_000;

    /// <summary>Raises or lowers the rate of a lane until a time; then the one of the client's definition holds again.</summary>
    public Task<ActionResult> LimitAsync(Caller caller, string key, string? domain, double perSecond, double seconds, string? reason) => desk.OnClientAsync(caller, key, client =>
    {
        if (DomainFault(domain, client) is { } fault) return Task.FromResult(fault);
        if (string.IsNullOrWhiteSpace(reason)) return Task.FromResult(ActionResult.Bad("CL9570", "a limit is changed only with a reason"));
        if (perSecond is not (>= 0.001 and <= HighestRate)) return Task.FromResult(ActionResult.Bad("CL9573", "a rate is between 0.001 and 100000 messages a second; to send nothing, hold the lane"));
        if (seconds is not (> 0 and <= LongestHold)) return Task.FromResult(ActionResult.Bad("CL9573", "a rate is set for more than nothing and at most 30 days; what is to last belongs into the client's definition"));
        return audit.RunAsync(caller, "lane.limit", Lane(client, domain), client.Id, reason, () => Set(client), async () =>
        {
            var lane = await lanes.LimitAsync(client, domain, perSecond, TimeSpan.FromSeconds(seconds), reason, caller.Name);
            var hastened = await HastenAsync(client, lane);
            return ActionResult.Of(done: true, string.Create(CultureInfo.InvariantCulture, $"{lane} takes {perSecond:0.###} a second for {TimeSpan.FromSeconds(seconds)}; {hastened} recipients ask for their turn anew"));
        });
    });

    /// <summary>Gives a lane its own limit back.</summary>
    public Task<ActionResult> LiftAsync(Caller caller, string key, string? domain, string? reason) => desk.OnClientAsync(caller, key, client =>
    {
        if (DomainFault(domain, client) is { } fault) return Task.FromResult(fault);
        return audit.RunAsync(caller, "lane.lift", Lane(client, domain), client.Id, reason, () => Set(client), async () =>
        {
            var (lane, done) = await lanes.LiftAsync(client, domain);
            if (done) await HastenAsync(client, lane);
            return ActionResult.Of(done, done ? $"{lane} has the limit of the client's definition again" : $"no limit was set for {lane}");
        });
    });

    private string[] Set(ClientDefinition client) => [.. limits.All().Where(limit => limit.Name.StartsWith(client.Key + "/", StringComparison.Ordinal))
        .Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Name}: {limit.PerSecond:0.###} a second until {Instants.FromMicroseconds(limit.Until):u}: {limit.Reason}"))];
}

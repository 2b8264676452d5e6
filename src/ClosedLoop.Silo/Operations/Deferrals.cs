using ClosedLoop.Data.Clients;
using ClosedLoop.Delivery;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Silo.Operations;

/// <summary>What the sending station of this process has counted.</summary>
internal sealed class Deferrals(DeliveryStatistics statistics, DefinitionStore definitions, TimeProvider time) : IDeferrals
{
    public IReadOnlyList<DeferralLine> Lately(long? clientId, int most)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        return [.. statistics.Deferrals.Read(minute, id => clientId is null || id == clientId, most)
            .Select(row => new DeferralLine(definitions.FindClient(row.ClientId)?.Value.Key ?? "", row.Domain, minute * 60_000_000, row.ByMinute))];
    }
}

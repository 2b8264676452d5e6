using ClosedLoop.Delivery;
using ClosedLoop.Model.Clients;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Silo.Operations;

/// <summary>Lanes of the sending station.</summary>
internal sealed class LaneControl(IDeliveryLanes lanes) : ILaneControl
{
    public Task<string> HoldAsync(ClientDefinition client, string? domain, TimeSpan duration, string reason) => lanes.HoldAsync(client, domain, duration, reason);

    public Task<string> LimitAsync(ClientDefinition client, string? domain, double perSecond, TimeSpan duration, string reason, string setBy) =>
        lanes.LimitAsync(client, domain, perSecond, duration, reason, setBy);

    public Task<(string Lane, bool Done)> LiftAsync(ClientDefinition client, string? domain) => lanes.LiftAsync(client, domain);

    public IEnumerable<string> ProvidersOf(ClientDefinition client) => DeliveryServices.ProvidersOf(client);
}

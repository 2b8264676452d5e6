using ClosedLoop.Delivery;
using ClosedLoop.Model.Clients;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Silo.Operations;

/// <summary>Lanes of the sending station.</summary>
internal sealed class LaneControl(IDeliveryLanes lanes) : ILaneControl
{
    public Task<string> HoldAsync(ClientDefinition client, string? domain, TimeSpan duration, string reason) => lanes.HoldAsync(client, domain, duration, reason);

    public IEnumerable<string> ProvidersOf(ClientDefinition client) => DeliveryServices.ProvidersOf(client);
}

using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Which channels this installation can send by.</summary>
public interface IOrderChannels
{
    /// <summary>Why an order of a channel cannot be sent, or <c>null</c>.</summary>
    string? FaultOf(OrderChannel channel, ClientDefinition client);
}

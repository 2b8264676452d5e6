using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>An installation without adapters for anything but mail.</summary>
public sealed class MailOnly : IOrderChannels
{
    public string? FaultOf(OrderChannel channel, ClientDefinition client) =>
        channel == OrderChannel.Email ? null : $"no adapter for {channel.ToString().ToLowerInvariant()} is configured in this installation";
}

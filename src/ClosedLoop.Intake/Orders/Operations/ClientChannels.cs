using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Channels as the client's definition sets them up (decision 022); mail always is.</summary>
public sealed class ClientChannels : IOrderChannels
{
    public string? FaultOf(OrderChannel channel, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return channel == OrderChannel.Email || client.Channels?.Of(MessageChannels.Of(channel)) is not null
            ? null
            : $"no adapter for {channel.ToString().ToLowerInvariant()} is configured; expected channels.{channel.ToString().ToLowerInvariant()} of the client";
    }
}

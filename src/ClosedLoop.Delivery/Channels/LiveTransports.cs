using ClosedLoop.Data.Channels;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels;

/// <summary>Makes the transport of a provider from a client's settings.</summary>
internal static class LiveTransports
{
    /// <exception cref="ArgumentException">A key or secret that the settings name cannot be read.</exception>
    public static IChannelTransport Make(ClientDefinition client, string provider, DeliveryOptions options, ReceiptStore receipts, TimeProvider time, ILoggerFactory loggers) => provider switch
    {
        _ => throw new ArgumentException($"CL4202: client {client.Key} has no provider '{provider}'.", nameof(provider)),
    };
}

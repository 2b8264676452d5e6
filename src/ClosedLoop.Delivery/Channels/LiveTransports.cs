using ClosedLoop.Data.Channels;
using ClosedLoop.Delivery.Channels.Push;
using ClosedLoop.Delivery.Channels.Smpp;
using ClosedLoop.Delivery.Channels.Sms;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels;

/// <summary>Makes the transport of a provider from a client's settings.</summary>
internal static class LiveTransports
{
    /// <exception cref="ArgumentException">A key or secret that the settings name cannot be read.</exception>
    public static IChannelTransport Make(ClientDefinition client, string provider, ReceiptStore receipts, TimeProvider time, ILoggerFactory loggers) => provider switch
    {
        "sms-twilio" => new TwilioTransport(client.Channels!.Sms!, time),
        "sms-smpp" => new SmppTransport(client, receipts, time, loggers.CreateLogger<SmppTransport>()),
        "sms-http" => new GatewayTransport(client.Channels!.Sms!, time),
        ChannelTransports.Fcm => new FcmTransport(client.Channels!.Push!, time),
        ChannelTransports.Apns => new ApnsTransport(client.Channels!.Push!, time),
        _ => throw new ArgumentException($"CL4202: client {client.Key} has no provider '{provider}'.", nameof(provider)),
    };
}

using ClosedLoop.Data.Channels;
using ClosedLoop.Delivery.Sending;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels;

/// <summary>
/// The ways to providers, one for each client and provider, under the newest settings seen. In mode <see cref="DeliveryMode.Sink"/> every one of them is the
/// sink: the place where nothing can leave by accident.
/// </summary>
internal sealed class ChannelTransports(DeliveryOptions options, RelayPools relays, ReceiptStore receipts, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    public const string Fcm = "push-fcm";
    public const string Apns = "push-apns";

    private readonly Lock _gate = new();
    private readonly Dictionary<(long Client, string Provider), SharedTransport> _current = [];

    /// <summary>Providers of a client, as lanes and receipts name them.</summary>
    public static IEnumerable<string> ProvidersOf(ClientDefinition client) =>
        ProvidersOf(client, MessageChannel.Sms).Concat(ProvidersOf(client, MessageChannel.Push));

    public static PushPlatform? PlatformOf(string provider) => provider switch
    {
        Fcm => PushPlatform.Fcm,
        Apns => PushPlatform.Apns,
        _ => null,
    };

    /// <summary>Takes the transports of a channel for one run.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="version">Version of the client; one older than the newest seen gets what the newest has.</param>
    /// <param name="channel">SMS or push.</param>
    /// <exception cref="ArgumentException">A key or secret that the settings name cannot be read; the next call looks again.</exception>
    public TransportLease Rent(ClientDefinition client, int version, MessageChannel channel)
    {
        var shared = new List<SharedTransport>();
        foreach (var provider in ProvidersOf(client, channel)) shared.Add(Join(client, version, provider));
        return new TransportLease(shared);
    }

    public async ValueTask DisposeAsync()
    {
        List<SharedTransport> all;
        lock (_gate)
        {
            all = [.. _current.Values];
            _current.Clear();
        }

        foreach (var shared in all) await shared.LeaveAsync().ConfigureAwait(false);
    }

    private static IEnumerable<string> ProvidersOf(ClientDefinition client, MessageChannel channel)
    {
        if (channel == MessageChannel.Sms && client.Channels?.Sms is { } sms) yield return "sms-" + sms.Provider;
        if (channel != MessageChannel.Push || client.Channels?.Push is not { } push) yield break;
        if (push.Fcm is not null) yield return Fcm;
        if (push.Apns is not null) yield return Apns;
    }

    private SharedTransport Join(ClientDefinition client, int version, string provider)
    {
        lock (_gate)
        {
            var known = _current.GetValueOrDefault((client.Id, provider));
            if (known is not null && known.Version >= version && known.TryJoin()) return known;
            var made = new SharedTransport(Make(client, provider), version);
            _current[(client.Id, provider)] = made;
            made.TryJoin();

            // Whoever still sends by the old one goes on with it, and the last of them closes it.
            if (known is not null) _ = CloseAsync(known);
            return made;
        }
    }

    private static async Task CloseAsync(SharedTransport replaced) => await replaced.LeaveAsync().ConfigureAwait(false);

    private IChannelTransport Make(ClientDefinition client, string provider) => options.Mode == DeliveryMode.Live
        ? LiveTransports.Make(client, provider, receipts, time, loggers)
        : new SinkTransport(client, provider, relays.Of(client), time);
}

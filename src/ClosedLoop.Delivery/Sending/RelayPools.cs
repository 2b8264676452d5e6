using System.Collections.Concurrent;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Sending;

/// <summary>
/// One pool of kept connections per relay. In mode <see cref="DeliveryMode.Sink"/> every client's relay is the sink: the
/// place where nothing can leave by accident.
/// </summary>
internal sealed class RelayPools(DeliveryOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(RelaySettings Relay, int Connections), Lazy<SmtpConnectionPool>> _pools = new();

    public SmtpConnectionPool Of(ClientDefinition client)
    {
        var relay = options.Mode == DeliveryMode.Live
            ? client.Relay
            : new RelaySettings { Host = options.SinkHost, Port = options.SinkPort, Tls = "none" };
        return _pools.GetOrAdd((relay, client.Mail.Connections), key => new Lazy<SmtpConnectionPool>(
            () => new SmtpConnectionPool(OptionsOf(key.Relay), new SmtpPoolOptions { MaxConnections = key.Connections }))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
        {
            if (pool.IsValueCreated) await pool.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    private SmtpRelayOptions OptionsOf(RelaySettings relay) => new()
    {
        Host = relay.Host,
        Port = relay.Port,
        Tls = relay.Tls switch
        {
            "none" => SmtpTls.None,
            "opportunistic" => SmtpTls.Opportunistic,
            "required" => SmtpTls.Required,
            "implicit" => SmtpTls.Implicit,
            _ => throw new ArgumentException($"CL5001: relay TLS is '{relay.Tls}'; expected none, opportunistic, required or implicit.", nameof(relay)),
        },
        ClientName = options.ClientName,
        UserName = relay.User,
        Password = relay.PasswordSetting is { } name
            ? Environment.GetEnvironmentVariable(name) ?? throw new ArgumentException($"CL5002: environment variable '{name}' (relay password) is not set.", nameof(relay))
            : null,
        TimeProvider = time,
    };
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Testing;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

/// <summary>
/// One pool of kept connections per relay. In mode <see cref="DeliveryMode.Sink"/> every client's relay is the sink: the
/// place where nothing can leave by accident.
/// </summary>
internal sealed partial class RelayPools(DeliveryOptions options, TimeProvider time, ILogger<RelayPools> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(RelaySettings Relay, int Connections), Lazy<SmtpConnectionPool>> _pools = new();

    /// <exception cref="ArgumentException">The relay cannot be used; the next call looks again.</exception>
    public SmtpConnectionPool Of(ClientDefinition client)
    {
        var relay = options.Mode == DeliveryMode.Live
            ? client.Relay
            : new RelaySettings { Host = options.SinkHost, Port = options.SinkPort, Tls = "none", SmtpUtf8 = client.Relay.SmtpUtf8 };

        // A failure must not be kept: the file it names may be there the next time.
        return _pools.GetOrAdd((relay, client.Mail.Connections), key => new Lazy<SmtpConnectionPool>(
            () => new SmtpConnectionPool(OptionsOf(key.Relay), new SmtpPoolOptions { MaxConnections = key.Connections }),
            LazyThreadSafetyMode.PublicationOnly)).Value;
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
        AccessToken = relay.TokenFile is { } file ? cancellation => TokenAsync(file, cancellation) : null,
        UseChunking = relay.Chunking,
        UseSmtpUtf8 = relay.SmtpUtf8,
        Roots = relay.CertificateFile is { } roots ? RootsOf(roots) : null,
        TlsPolicy = options.Mode == DeliveryMode.Live ? options.TlsPolicy : null,
        TextHandedOver = KillSwitch.IsFor(KillPoint.AfterDot) ? static () => KillSwitch.Reach(KillPoint.AfterDot) : null,
        Conceded = (what, cause) => Tell(relay, what, cause),
        TimeProvider = time,
    };

    private void Tell(RelaySettings relay, SmtpConcession what, string cause)
    {
        if (what == SmtpConcession.ClearText) LogClearText(relay.Host, relay.Port, cause);
        else LogNoChunking(relay.Host, relay.Port);
    }

    /// <summary>Whoever renews the token writes the file anew; a connection made while it is empty fails and is tried again.</summary>
    private static async ValueTask<string> TokenAsync(string file, CancellationToken cancellation)
    {
        var text = await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false);
        return text.Split('\n', 2)[0].Trim();
    }

    private static X509Certificate2Collection RootsOf(string file)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"CL5005: the relay's certificate file '{file}' cannot be read: {e.Message}", nameof(file), e);
        }

        return roots.Count > 0 ? roots : throw new ArgumentException($"CL5005: the relay's certificate file '{file}' holds no certificate; expected PEM.", nameof(file));
    }
}

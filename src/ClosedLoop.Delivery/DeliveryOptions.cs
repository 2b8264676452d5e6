using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Delivery;

/// <summary>How this process hands over mail.</summary>
public sealed record DeliveryOptions
{
    public DeliveryMode Mode { get; init; } = DeliveryMode.Sink;

    /// <summary>Host of the sink.</summary>
    public string SinkHost { get; init; } = "127.0.0.1";

    public int SinkPort { get; init; } = 2525;

    /// <summary>Address under which readers reach <c>/o</c>, <c>/c</c> and <c>/u</c>: scheme and host, no slash at the end.</summary>
    public required Uri TrackingBase { get; init; }

    /// <summary>
    /// Recipients that may be claimed and not yet recorded at any moment: what a crash can leave in doubt. Shared by all
    /// mailings of the process.
    /// </summary>
    public int InDoubtWindow { get; init; } = 64;

    /// <summary>Recipients claimed by one commit and handed over on one connection in a row.</summary>
    public int GroupSize { get; init; } = 8;

    /// <summary>Recipients read from the ledger at once.</summary>
    public int ReadAhead { get; init; } = 256;

    /// <summary>First pause after a temporary refusal; it doubles up to <see cref="LongestRetry"/>.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(66);

    /// <summary>Domain whose mail comes back to this service; with it List-Unsubscribe also names an address to write to. Null for none.</summary>
    public string? UnsubscribeDomain { get; init; }

    /// <summary>Name given in EHLO.</summary>
    public string ClientName { get; init; } = "localhost";

    /// <summary>Other processes send, too: rates, and connections of a domain, hold for all of them together. <see cref="DeliveryServices.AddSharedLimits"/> gives each its part.</summary>
    public bool SharedLimits { get; init; }

    /// <summary>What may be fetched from other servers.</summary>
    public ContentFetchOptions ContentFetch { get; init; } = new();

    /// <summary>Signers by domain of the sender address, in A-labels and in any case.</summary>
    public IReadOnlyDictionary<string, DkimSigner> DkimSigners { get; init; } = new Dictionary<string, DkimSigner>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What is known of a relay's TLS from elsewhere, asked for each connection in mode <see cref="DeliveryMode.Live"/>: DANE (RFC 7672) or MTA-STS (RFC 8461). It can only
    /// tighten <c>relay.tls</c>. Null knows nothing.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<SmtpTlsPolicy>>? TlsPolicy { get; init; }
}

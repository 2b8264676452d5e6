using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ClosedLoop.Mail.Sink;

/// <summary>A sink and its limits.</summary>
public sealed record SmtpSinkOptions
{
    /// <summary>Default: loopback, a free port. A sink has no business on an outside address.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, 0);

    public string HostName { get; init; } = "sink.localhost";

    /// <summary>JSON lines file, forced to disk before each 250; null keeps no ledger.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>Whether raw messages go to a file beside the ledger, its name with <c>.store</c> added. Off.</summary>
    public bool StoreMessages { get; init; }

    /// <summary>Octets of the largest message. Default 32 MiB.</summary>
    public int MaxMessageSize { get; init; } = 32 * 1024 * 1024;

    /// <summary>Sessions at a time; more get 421. Default 1,000.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Recipients of one message; more get 452 (RFC 5321 section 4.5.3.1.10). Default 100.</summary>
    public int MaxRecipients { get; init; } = 100;

    /// <summary>Silence after which a session ends. Default 5 min (RFC 5321 section 4.5.3.2.7).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Misbehaviour; null takes all mail.</summary>
    public ISinkScript? Script { get; init; }

    /// <summary>Called for each message after it is in the ledger, before the 250. Holds up its session only.</summary>
    public Func<SinkMessage, ValueTask>? Received { get; init; }

    /// <summary>With a certificate the sink offers STARTTLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether TLS is spoken from the first byte; needs <see cref="Certificate"/>.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Whether PIPELINING is offered. On.</summary>
    public bool Pipelining { get; init; } = true;

    /// <summary>Whether 8BITMIME is offered. On.</summary>
    public bool EightBitMime { get; init; } = true;

    /// <summary>Whether CHUNKING is offered (RFC 3030). On.</summary>
    public bool Chunking { get; init; } = true;

    /// <summary>Whether DSN is offered (RFC 3461); wishes are noted in the ledger, reports are not sent. On.</summary>
    public bool Dsn { get; init; } = true;

    /// <summary>Whether SMTPUTF8 is offered (RFC 6531). On.</summary>
    public bool SmtpUtf8 { get; init; } = true;

    /// <summary>Passwords by user, for PLAIN and LOGIN, which are the tokens of XOAUTH2 too; null offers no AUTH.</summary>
    public IReadOnlyDictionary<string, string>? Users { get; init; }

    /// <summary>Whether mail is taken from those only who gave a user of <see cref="Users"/>. Off.</summary>
    public bool RequireAuth { get; init; }

    /// <summary>Misbehaviour by rate and time; null has none.</summary>
    public SinkPressure? Pressure { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

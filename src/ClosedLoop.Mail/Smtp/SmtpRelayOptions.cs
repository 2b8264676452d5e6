using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Smtp;

/// <summary>One relay and how to talk to it.</summary>
public sealed record SmtpRelayOptions
{
    /// <summary>Both in base64 stay below the 12,288 octets of an AUTH line (RFC 4954 section 4).</summary>
    private const int MaxSecret = 1024;

    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>Default 25; submission is 587, implicit TLS 465.</summary>
    public int Port { get; init; } = 25;

    /// <summary>Default <see cref="SmtpTls.Opportunistic"/>.</summary>
    public SmtpTls Tls { get; init; } = SmtpTls.Opportunistic;

    /// <summary>Name given in EHLO: the host's own name or an address literal (RFC 5321 section 4.1.4).</summary>
    public string ClientName { get; init; } = "localhost";

    /// <summary>User for AUTH; null sends none.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>
    /// Gives an OAuth 2 access token for each connection, sent by XOAUTH2 in place of a password; the token is asked for anew because it ages.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? AccessToken { get; init; }

    /// <summary>Whether a password or token may go over a connection without TLS. Off (RFC 4954 section 4).</summary>
    public bool AllowPlainTextAuth { get; init; }

    /// <summary>Whether to use PIPELINING when offered. On.</summary>
    public bool UsePipelining { get; init; } = true;

    /// <summary>
    /// Whether to use CHUNKING (RFC 3030) when offered. On: a length before the text leaves no ending to be argued about. A message with bare CR
    /// or LF still goes by DATA, which mends it.
    /// </summary>
    public bool UseChunking { get; init; } = true;

    /// <summary>Whether quoted local parts may be written into commands. Off.</summary>
    public bool AllowQuotedLocalParts { get; init; }

    /// <summary>Whether addresses outside ASCII are sent to servers that offer SMTPUTF8 (RFC 6531). Off: then they are refused here.</summary>
    public bool UseSmtpUtf8 { get; init; }

    /// <summary>Longest reply in octets over all its lines. Default 65,536.</summary>
    public int MaxReplyLength { get; init; } = 65536;

    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>Replaces the certificate check of <see cref="SmtpTls.Required"/> and <see cref="SmtpTls.Implicit"/>, for private authorities.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }

    /// <summary>Roots that are believed in place of the machine's, for private authorities; name and dates are still checked. Null believes the machine's.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    /// <summary>
    /// Called when the last octet of a message is with the kernel and its reply has not been read: the moment at which a crash leaves a
    /// message in doubt. For tests of such a crash.
    /// </summary>
    public Action? TextHandedOver { get; init; }

    /// <summary>Called when a connection goes without something; the text is the cause. Must not block.</summary>
    public Action<SmtpConcession, string>? Conceded { get; init; }

    /// <summary>Asked at each connection what is known about the host's TLS; null knows nothing. An exception keeps the connection from being made.</summary>
    public Func<string, CancellationToken, ValueTask<SmtpTlsPolicy>>? TlsPolicy { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The two options about addresses in one.</summary>
    internal AddressRules AddressRules =>
        (AllowQuotedLocalParts ? AddressRules.QuotedLocalPart : AddressRules.None) | (UseSmtpUtf8 ? AddressRules.Utf8LocalPart : AddressRules.None);

    /// <summary>All faults at once; empty when the options are fit for use.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(Host))
            faults.Add("Host is empty; expected a host name or address");
        if (Port is < 1 or > 65535)
            faults.Add($"Port is {Port}; expected 1 to 65535");
        if (ClientName.Length is 0 or > 255 || ClientName.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
            faults.Add("ClientName is no host name; expected 1 to 255 printable ASCII characters without spaces");
        if ((UserName is null) != (Password is null && AccessToken is null))
            faults.Add("UserName, or Password or AccessToken, stands alone; expected a user and one of them, or neither");
        if (Password is not null && AccessToken is not null)
            faults.Add("Password and AccessToken are both given; expected one of them");

        // RFC 4616 section 2: NUL separates the fields of PLAIN.
        if (UserName?.Contains('\0', StringComparison.Ordinal) == true || Password?.Contains('\0', StringComparison.Ordinal) == true)
            faults.Add("UserName or Password holds NUL");
        if (UserName?.Length > MaxSecret || Password?.Length > MaxSecret)
            faults.Add($"UserName or Password is longer than {MaxSecret} characters");
        if (UserName is not null && Tls == SmtpTls.None && !AllowPlainTextAuth)
            faults.Add("Tls is None and a password is given; expected Required or Implicit, or AllowPlainTextAuth on a network of your own");
        if (MaxReplyLength < 512)
            faults.Add($"MaxReplyLength is {MaxReplyLength}; expected at least 512 octets");
        return faults;
    }
}

using System.Net.Security;

namespace ClosedLoop.Mail.Smtp;

/// <summary>What is known about a host's TLS from elsewhere, such as DANE (RFC 7672) or MTA-STS (RFC 8461). It can tighten the options, never loosen them.</summary>
/// <param name="Required">Whether mail must not go without a protected connection whose certificate passes.</param>
/// <param name="CertificateCheck">Replaces the usual check, as DANE's records do; null keeps it.</param>
/// <param name="CertificateName">Name the certificate must carry instead of the host's; null keeps the host's.</param>
public sealed record SmtpTlsPolicy(bool Required, RemoteCertificateValidationCallback? CertificateCheck = null, string? CertificateName = null)
{
    /// <summary>Nothing is known.</summary>
    public static SmtpTlsPolicy None { get; } = new(Required: false);
}

namespace ClosedLoop.Mail.Smtp;

/// <summary>How a connection is protected.</summary>
public enum SmtpTls
{
    /// <summary>Plain text.</summary>
    None,

    /// <summary>STARTTLS when offered, whatever the certificate: it defends against listening only (RFC 7435).</summary>
    Opportunistic,

    /// <summary>STARTTLS with a valid certificate, or no mail (RFC 3207).</summary>
    Required,

    /// <summary>TLS from the first byte with a valid certificate (RFC 8314 section 3.3).</summary>
    Implicit,
}

namespace ClosedLoop.Mail.Inbound;

/// <summary>How a POP3 session is protected.</summary>
public enum Pop3Tls
{
    /// <summary>TLS from the first octet (RFC 8314 section 3.3), port 995.</summary>
    Implicit = 0,

    /// <summary>STLS before the login, or no session (RFC 2595 section 4), port 110.</summary>
    StartTls,

    /// <summary>In the clear: only for a server on the same machine.</summary>
    None,
}

namespace ClosedLoop.Mail.Smtp;

/// <summary>What the caller may do next with a message.</summary>
public enum SmtpAction
{
    /// <summary>The server took responsibility (RFC 5321 section 4.2.5). Never send it again.</summary>
    Accepted,

    /// <summary>The server deferred this message; the connection is fine for others. Try again later.</summary>
    Retry,

    /// <summary>The server, or a local check, refused this message for good; the connection is fine for others.</summary>
    GiveUp,

    /// <summary>The connection is finished and the message was certainly not taken. Try again over another connection.</summary>
    DropConnection,

    /// <summary>The last byte was handed over and no reply came: it may or may not have been taken. The connection is finished.</summary>
    Unknown,
}

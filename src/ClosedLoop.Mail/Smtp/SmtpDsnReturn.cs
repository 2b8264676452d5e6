namespace ClosedLoop.Mail.Smtp;

/// <summary>RET of RFC 3461 section 4.3.</summary>
public enum SmtpDsnReturn
{
    /// <summary>HDRS: the header only.</summary>
    Headers,

    /// <summary>FULL: the whole message.</summary>
    Full,
}

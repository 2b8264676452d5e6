namespace ClosedLoop.Mail.Smtp;

/// <summary>NOTIFY of RFC 3461 section 4.1.</summary>
[Flags]
public enum SmtpDsnNotify
{
    /// <summary>Not written: the server reports failures, and delays as it likes.</summary>
    Unset = 0,

    /// <summary>NEVER; stands alone.</summary>
    Never = 1,
    Success = 2,
    Failure = 4,
    Delay = 8,
}

namespace ClosedLoop.Mail.Smtp;

/// <summary>The step of the dialogue a result comes from.</summary>
public enum SmtpStage
{
    /// <summary>No step: the connection ended before this message's turn. Nothing was said about it, and it cost no attempt.</summary>
    None,
    Connect,
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,

    /// <summary>The message text and the reply to its final dot.</summary>
    Body,
    Reset,
}

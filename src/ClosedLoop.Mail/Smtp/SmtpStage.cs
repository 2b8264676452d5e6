namespace ClosedLoop.Mail.Smtp;

/// <summary>The step of the dialogue a result comes from.</summary>
public enum SmtpStage
{
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

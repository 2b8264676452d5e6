namespace ClosedLoop.Mail;

/// <summary>A value cannot be written into a message or an SMTP command. <see cref="Code"/> is stable, the text is for people.</summary>
public sealed class MailFormatException : FormatException
{
    public MailFormatException(string code, string message)
        : base($"{code}: {message}") => Code = code;

    public MailFormatException()
        : this(MailErrors.Header, "unspecified format error")
    {
    }

    public MailFormatException(string message)
        : this(MailErrors.Header, message)
    {
    }

    public MailFormatException(string message, Exception innerException)
        : base(message, innerException) => Code = MailErrors.Header;

    /// <summary>One of <see cref="MailErrors"/>.</summary>
    public string Code { get; }
}

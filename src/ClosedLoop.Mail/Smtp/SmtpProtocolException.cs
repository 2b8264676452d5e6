namespace ClosedLoop.Mail.Smtp;

/// <summary>The server said something that is not a reply of RFC 5321 section 4.2; the dialogue cannot go on.</summary>
public sealed class SmtpProtocolException : Exception
{
    public SmtpProtocolException()
    {
    }

    public SmtpProtocolException(string message)
        : base(message)
    {
    }

    public SmtpProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

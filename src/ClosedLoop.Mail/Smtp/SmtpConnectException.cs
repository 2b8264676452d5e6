namespace ClosedLoop.Mail.Smtp;

/// <summary>No usable connection could be opened. Says nothing about any recipient.</summary>
public sealed class SmtpConnectException : Exception
{
    public SmtpConnectException(SmtpResult result, Exception? innerException = null)
        : base($"SMTP {result.Stage}: {(result.Code == 0 ? "" : $"{result.Code} ")}{result.Text}", innerException) => Result = result;

    public SmtpConnectException()
    {
    }

    public SmtpConnectException(string message)
        : base(message)
    {
    }

    public SmtpConnectException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With <see cref="SmtpAction.DropConnection"/>, the step reached and the server's reply when it gave one.</summary>
    public SmtpResult Result { get; }

    /// <summary>Whether a handshake failed that a connection in clear text may follow.</summary>
    internal bool MayFallBack { get; init; }
}

namespace ClosedLoop.Mail.Inbound;

/// <summary>The server refused a command or does not speak POP3. <see cref="Step"/> says which.</summary>
public sealed class Pop3Exception(string step, string message) : IOException($"POP3 {step}: {message}")
{
    public Pop3Exception()
        : this("session", "failed")
    {
    }

    public Pop3Exception(string message)
        : this("session", message)
    {
    }

    public Pop3Exception(string message, Exception innerException)
        : this("session", $"{message}: {innerException?.Message}")
    {
    }

    /// <summary>Connect, STLS, USER, PASS, UIDL, LIST, RETR, DELE or QUIT.</summary>
    public string Step { get; } = step;

    /// <summary>Whether a mail was larger than the limit; the session is in the middle of it and of no more use.</summary>
    public bool IsTooLarge { get; init; }
}

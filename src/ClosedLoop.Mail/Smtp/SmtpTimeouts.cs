namespace ClosedLoop.Mail.Smtp;

/// <summary>How long each step may take; the defaults are the minimums of RFC 5321 section 4.5.3.2.</summary>
public sealed record SmtpTimeouts
{
    /// <summary>TCP connection and TLS handshake, each. 30 s: the RFC names none.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>4.5.3.2.1: 5 min.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>EHLO, STARTTLS, AUTH and RSET. 5 min, as for MAIL.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>4.5.3.2.2: 5 min.</summary>
    public TimeSpan Mail { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>4.5.3.2.3: 5 min.</summary>
    public TimeSpan Rcpt { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>4.5.3.2.4: 2 min.</summary>
    public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>4.5.3.2.5: 3 min for each block of the message.</summary>
    public TimeSpan Block { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>4.5.3.2.6: 10 min. Shorter ones make duplicates: the server may have taken the message.</summary>
    public TimeSpan FinalDot { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Waiting for the reply to QUIT. 2 s: nothing depends on it.</summary>
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(2);
}

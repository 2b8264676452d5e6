namespace ClosedLoop.Model.Clients;

/// <summary>The SMTP relay that takes a client's mail. Ignored while <c>Delivery:Mode</c> is <c>Sink</c>, but for <see cref="SmtpUtf8"/> and <see cref="Dsn"/>.</summary>
public sealed record RelaySettings
{
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 25;

    /// <summary><c>none</c>, <c>opportunistic</c>, <c>required</c> (STARTTLS) or <c>implicit</c>.</summary>
    public string Tls { get; init; } = "required";

    /// <summary>PEM file with the authorities that are believed in place of the machine's; null believes the machine's.</summary>
    public string? CertificateFile { get; init; }

    public string? User { get; init; }

    /// <summary>Name of the environment variable that holds the password; never the password itself.</summary>
    public string? PasswordSetting { get; init; }

    /// <summary>File whose first line is an OAuth access token, sent by XOAUTH2 in place of a password. Read for every connection, because tokens are renewed.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Whether the text goes by BDAT where the relay offers CHUNKING (RFC 3030).</summary>
    public bool Chunking { get; init; } = true;

    /// <summary>Whether addresses with letters beyond ASCII before the @ are taken and mailed (RFC 6531); the relay has to offer SMTPUTF8.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>Reports to ask for where the relay offers DSN (RFC 3461): <c>none</c> says nothing, <c>failure</c> or <c>never</c>.</summary>
    public string Dsn { get; init; } = "none";
}

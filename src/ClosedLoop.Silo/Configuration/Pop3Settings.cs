using ClosedLoop.Mail.Inbound;

namespace ClosedLoop.Silo.Configuration;

/// <summary>A POP3 box that returned mail is fetched from.</summary>
public sealed record Pop3Settings
{
    /// <summary>Host of the server; nothing is fetched without one.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 995;

    /// <summary>Implicit, StartTls or None.</summary>
    public Pop3Tls Tls { get; init; }

    /// <summary>Name of the box.</summary>
    public string? User { get; init; }

    /// <summary>File whose first line is the password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Seconds waited for the server at any step.</summary>
    public int TimeoutSeconds { get; init; } = 60;
}

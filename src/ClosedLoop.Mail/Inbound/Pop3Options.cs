using System.Net.Security;

namespace ClosedLoop.Mail.Inbound;

/// <summary>A POP3 box and how it is reached.</summary>
public sealed record Pop3Options
{
    public required string Host { get; init; }

    public int Port { get; init; } = 995;

    public Pop3Tls Tls { get; init; }

    public required string User { get; init; }

    /// <summary>Asked at each login, so that a changed password needs no restart.</summary>
    public required Func<string> Password { get; init; }

    /// <summary>Longest wait for the server at any step. Default 60 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most mails of one session; the rest comes with the next. Default 1,000.</summary>
    public int MaxMails { get; init; } = 1000;

    /// <summary>Judges the server's certificate; the machine's own rules when null.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }
}

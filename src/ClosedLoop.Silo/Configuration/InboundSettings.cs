namespace ClosedLoop.Silo.Configuration;

/// <summary>How mail that comes back enters.</summary>
public sealed record InboundSettings
{
    /// <summary>Folder of the raw mails; <c>inbound</c> of the data folder unless set. Silos that take returned mail share it.</summary>
    public string? Folder { get; init; }

    /// <summary>A Maildir to read from.</summary>
    public string? Maildir { get; init; }

    public Pop3Settings Pop3 { get; init; } = new();

    /// <summary>File with the key for <c>POST /inbound/mail</c>; the entry is closed without one.</summary>
    public string? HttpKeyFile { get; init; }

    /// <summary>Domain of the unsubscribe addresses; without one List-Unsubscribe has the https form only.</summary>
    public string? UnsubscribeDomain { get; init; }

    /// <summary>Seconds between two looks into the Maildir or the POP3 box.</summary>
    public double PollSeconds { get; init; } = 10;

    /// <summary>Octets of one returned mail.</summary>
    public int MaxMessageBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>Days the raw mails are kept.</summary>
    public int RetentionDays { get; init; } = 30;

    /// <summary>Days without a bounce after a delivery until the soft counter goes back to 0.</summary>
    public int SoftDecayDays { get; init; } = 7;
}

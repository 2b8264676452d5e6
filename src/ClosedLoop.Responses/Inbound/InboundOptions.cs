namespace ClosedLoop.Responses.Inbound;

/// <summary>Where returned mail enters and how long it is kept.</summary>
public sealed record InboundOptions
{
    /// <summary>Folder of the raw mails.</summary>
    public required string Directory { get; init; }

    /// <summary>Octets of one mail; a larger one is not taken. Default 26,214,400.</summary>
    public int MaxMessageBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>How long raw mails, and what is personal in the register, are kept. Default 30 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Time without a bounce after a delivery until the soft counter goes back to 0. Default 7 days.</summary>
    public TimeSpan SoftDecay { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Pause between two looks into the Maildir or the POP3 box. Default 10 seconds.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A Maildir to read from; null for none.</summary>
    public string? Maildir { get; init; }

    /// <summary>A POP3 box to fetch from; null for none.</summary>
    public Mail.Inbound.Pop3Options? Pop3 { get; init; }

    /// <summary>File with the key that a relay's pipe presents; null when the HTTP entry is closed.</summary>
    public string? HttpKeyFile { get; init; }
}

namespace ClosedLoop.Intake.Reports;

/// <summary>One <c>group:</c> line of the status: the published relation of wave and mailing.</summary>
public sealed record StatusGroup
{
    public required long SourceId { get; init; }

    public long? WaveId { get; init; }

    public required long CampaignId { get; init; }

    public required long MailingId { get; init; }

    public required long ListId { get; init; }

    public required long Total { get; init; }

    public required long Net { get; init; }

    /// <summary>When it started, or is to; null while the mailing waits behind another copy of its source.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Whether <see cref="Start"/> has happened.</summary>
    public bool Started { get; init; }
}

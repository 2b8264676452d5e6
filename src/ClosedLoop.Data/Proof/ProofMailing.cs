namespace ClosedLoop.Data.Proof;

/// <summary>A mailing as a proof tells of it. Times in microseconds.</summary>
public sealed record ProofMailing
{
    public required long MailingId { get; init; }

    public required string Name { get; init; }

    public required int State { get; init; }

    public required long ClientId { get; init; }

    public required int ClientVersion { get; init; }

    public required long SourceId { get; init; }

    public required int SourceVersion { get; init; }

    public required long? WaveId { get; init; }

    public required long FileId { get; init; }

    public required string? ContentHash { get; init; }

    public required long RecipientBase { get; init; }

    public required long Accepted { get; init; }

    public required long CreatedAt { get; init; }

    public required long? StartedAt { get; init; }

    public required long? FinishedAt { get; init; }

    public required int Resends { get; init; }

    public required bool Test { get; init; }

    public required long? PurgedAt { get; init; }
}

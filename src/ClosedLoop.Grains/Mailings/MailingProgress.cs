namespace ClosedLoop.Grains.Mailings;

/// <summary>What a mailing is doing right now; the counts are those of the ledger.</summary>
[GenerateSerializer, Immutable, Alias("ClosedLoop.MailingProgress")]
public sealed record MailingProgress(
    [property: Id(0)] string State,
    [property: Id(1)] int RunningBatches,
    [property: Id(2)] int WaitingBatches,
    [property: Id(3)] string? Reason);

namespace ClosedLoop.Data.Proof;

/// <summary>One recipient's row of the ledger. Times in microseconds.</summary>
public sealed record ProofEntry(
    int Sequence, string? Address, int State, int Attempt, long? DoneAt, long? Recorded, int? ReplyCode, string? Reason, IReadOnlyList<ProofPast> Past);

namespace ClosedLoop.Data.Proof;

/// <summary>An outcome that a resend took back, and gave back when it did not reach the recipient. Times in microseconds.</summary>
public sealed record ProofPast(int State, long? DoneAt, long Recorded, int? ReplyCode, string? Reason, long? TakenBack, long? GivenBack);

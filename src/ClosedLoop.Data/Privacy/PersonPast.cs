using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Privacy;

/// <summary>An outcome that a resend took back. <paramref name="DoneAt"/> in microseconds.</summary>
public sealed record PersonPast(RecipientState State, long? DoneAt, int? ReplyCode, string? Reason);

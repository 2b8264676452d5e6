using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Privacy;

/// <summary>An outcome that a resend took back. <paramref name="DoneAt"/> in microseconds.</summary>
public sealed record PersonPast(RecipientState State, long? DoneAt, int? ReplyCode, string? Reason)
{
    /// <summary>It was a doubt that a provider's report has ended, and nothing was sent again.</summary>
    public bool IsSettled { get; init; }
}

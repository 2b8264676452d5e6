namespace ClosedLoop.Operations.Api;

/// <summary>A job: an action on many things. <c>total</c> is the sum of the five numbers.</summary>
internal sealed record ApiBulk(
    long Id, string Kind, string? Client, string Actor, string Reason, string State, long Total, long Changed, long Unchanged, long Refused, long Begun, long Waiting, long? UndoOf, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

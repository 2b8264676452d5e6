namespace ClosedLoop.Operations.Api;

/// <summary>Recipients by state; together they are the accepted ones.</summary>
internal sealed record ApiCounts(long Waiting, long Sending, long Sent, long Failed, long Suppressed, long Unknown, long Cancelled);

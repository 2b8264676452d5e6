namespace ClosedLoop.Data.Bulk;

/// <summary>One thing of a job.</summary>
/// <param name="Position">From 1.</param>
/// <param name="Subject">A number, or an address.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Answer">What was answered.</param>
public sealed record BulkItem(long Position, string Subject, BulkOutcome Outcome, string? Answer);

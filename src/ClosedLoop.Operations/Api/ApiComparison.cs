namespace ClosedLoop.Operations.Api;

/// <summary>A file beside the client's one before it. New and gone people are an estimate where a sample was taken, and missing while they are not known.</summary>
internal sealed record ApiComparison(long PreviousFileId, long? New, long? Gone, int? Sampled, IReadOnlyList<ApiColumnChange> Columns, bool IsCounting);

using ClosedLoop.Data.Bulk;

namespace ClosedLoop.Operations.Bulk;

/// <summary>Jobs, newest first.</summary>
public sealed record BulkListModel(IReadOnlyList<BulkJob> Jobs, long? Next, long? Before);

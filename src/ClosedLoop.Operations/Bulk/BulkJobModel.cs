using ClosedLoop.Data.Bulk;

namespace ClosedLoop.Operations.Bulk;

/// <summary>One job.</summary>
/// <param name="Job">What was asked.</param>
/// <param name="Kind">The action; <c>null</c> for one of another version.</param>
/// <param name="Counts">Things by outcome.</param>
/// <param name="Troubles">The first that were refused or are not known.</param>
/// <param name="Done">The first that were done.</param>
/// <param name="Undo">The job that takes it back.</param>
public sealed record BulkJobModel(BulkJob Job, BulkKind? Kind, IReadOnlyDictionary<BulkOutcome, long> Counts, IReadOnlyList<BulkItem> Troubles, IReadOnlyList<BulkItem> Done, BulkJob? Undo)
{
    public long Of(BulkOutcome outcome) => Counts.GetValueOrDefault(outcome);

    public long Ended => Of(BulkOutcome.Changed) + Of(BulkOutcome.Unchanged) + Of(BulkOutcome.Refused);
}

namespace ClosedLoop.Operations.Bulk;

/// <summary>What a bulk action would be about, counted exactly.</summary>
/// <param name="Kind">The action.</param>
/// <param name="Client">Key of the client, where it needs one.</param>
/// <param name="Subjects">What it is about, each once, in order.</param>
/// <param name="Refused">What was named and cannot be acted on.</param>
/// <param name="People">Recipients of the mailings, or the addresses; <c>null</c> for files.</param>
public sealed record BulkPlan(BulkKind Kind, string? Client, IReadOnlyList<string> Subjects, IReadOnlyList<string> Refused, long? People);

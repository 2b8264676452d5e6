namespace ClosedLoop.Operations.Reading;

/// <summary>What a search for an empty value came to.</summary>
/// <param name="Row">The row, from 1; <c>null</c> when there is none among those looked at.</param>
/// <param name="Looked">Rows that were looked at.</param>
/// <param name="IsWhole">Whether those were all that are left.</param>
public sealed record EmptySearch(long? Row, long Looked, bool IsWhole);

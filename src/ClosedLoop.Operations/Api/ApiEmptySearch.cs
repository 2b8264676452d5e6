namespace ClosedLoop.Operations.Api;

/// <summary>The first row with an empty column; missing when none of the rows that were looked at has one, which need not be all.</summary>
internal sealed record ApiEmptySearch(long? Row, long Looked, bool IsWhole);

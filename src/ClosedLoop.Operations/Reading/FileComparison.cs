namespace ClosedLoop.Operations.Reading;

/// <summary>A file beside the client's one before it.</summary>
/// <param name="New">People who were not in the one before; an estimate when <paramref name="Sampled"/> says so, <c>null</c> while the index of addresses has not reached them.</param>
/// <param name="Gone">People of the one before who are not in this one; likewise.</param>
/// <param name="Columns">Columns that changed, most first: come, gone, or with at least a point more or fewer empty values.</param>
/// <param name="Sampled">How many people of each file were looked at; <c>null</c> for all of them.</param>
public sealed record FileComparison(long? New, long? Gone, IReadOnlyList<ColumnChange> Columns, int? Sampled);

namespace ClosedLoop.Operations.Reading;

/// <summary>One file in two export runs; <c>null</c> where a run has none of the kind.</summary>
/// <param name="Table">Which of the eight.</param>
/// <param name="One">In the earlier run.</param>
/// <param name="Other">In the later run.</param>
public sealed record ExportDifference(string Table, ExportFileLine? One, ExportFileLine? Other)
{
    /// <summary>Whether both have the same bytes.</summary>
    public bool IsSame => One is not null && Other is not null && One.Sha256 == Other.Sha256;

    public long Rows => (Other?.Rows ?? 0) - (One?.Rows ?? 0);

    public long Bytes => (Other?.Bytes ?? 0) - (One?.Bytes ?? 0);

    /// <summary>Every file of two runs, in the order in which the later one's appeared.</summary>
    public static IReadOnlyList<ExportDifference> Of(ExportLine one, ExportLine other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return [.. other.Files.Concat(one.Files).Select(file => file.Table).Distinct(StringComparer.Ordinal)
            .Select(table => new ExportDifference(table, one.Files.FirstOrDefault(file => file.Table == table), other.Files.FirstOrDefault(file => file.Table == table)))];
    }
}

namespace ClosedLoop.Benchmarks.Import;

/// <summary>One file of recipients, taken in by the service and by the <c>sqlite3</c> shell in turn.</summary>
internal sealed record ImportReport
{
    public required int Rows { get; init; }

    public required long FileBytes { get; init; }

    /// <summary>Seconds from claim to the commit that makes all recipients visible, one per round.</summary>
    public required IReadOnlyList<ImportRound> Rounds { get; init; }

    /// <summary>Seconds of <c>sqlite3 .import</c>, one before each round and one after the last; empty when it is not installed.</summary>
    public required IReadOnlyList<double> SqliteSeconds { get; init; }

    public double RowsPerSecond => Math.Round(Rows / Median(Rounds.Select(round => round.Seconds)));

    public double? SqliteRowsPerSecond => SqliteSeconds.Count == 0 ? null : Math.Round(Rows / Median(SqliteSeconds));

    /// <summary>Above 1 the service is faster. Medians of both.</summary>
    public double? Ratio => SqliteRowsPerSecond is { } peer ? Math.Round(RowsPerSecond / peer, 3) : null;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}

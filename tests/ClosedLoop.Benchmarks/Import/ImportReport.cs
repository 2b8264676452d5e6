namespace ClosedLoop.Benchmarks.Import;

/// <summary>One file of recipients, taken in by the service and by the shell of its database in turn.</summary>
internal sealed record ImportReport
{
    public required int Rows { get; init; }

    public required long FileBytes { get; init; }

    /// <summary>Seconds from claim to the commit that makes all recipients visible, one per round.</summary>
    public required IReadOnlyList<ImportRound> Rounds { get; init; }

    /// <summary>The shell's command.</summary>
    public required string Peer { get; init; }

    /// <summary>Seconds of the peer, one before each round and one after the last; empty when it is not installed.</summary>
    public required IReadOnlyList<double> PeerSeconds { get; init; }

    public double RowsPerSecond => Math.Round(Rows / Median(Rounds.Select(round => round.Seconds)));

    public double? PeerRowsPerSecond => PeerSeconds.Count == 0 ? null : Math.Round(Rows / Median(PeerSeconds));

    /// <summary>Above 1 the service is faster. Medians of both.</summary>
    public double? Ratio => PeerRowsPerSecond is { } peer ? Math.Round(RowsPerSecond / peer, 3) : null;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}

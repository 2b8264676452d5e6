namespace ClosedLoop.Benchmarks.Export;

/// <summary>What one run measured; rates are rows per second of wall time on one thread.</summary>
internal sealed record ExportReport
{
    public required int Rows { get; init; }

    /// <summary>The sending log, quoted, hashed and flushed to the disk.</summary>
    public required ExportRate SendingLog { get; init; }

    /// <summary>Reading its rows and judging how each recipient stood, nothing written.</summary>
    public required ExportRate Reading { get; init; }

    /// <summary><c>sqlite3 -csv</c> with a query that gives the same rows; <c>null</c> when it is not installed.</summary>
    public required ExportRate? SqliteShell { get; init; }

    /// <summary>Whether the shell's rows are ours, but for the quotes.</summary>
    public required bool? SameRows { get; init; }

    /// <summary>How many times as fast as the shell, by the medians.</summary>
    public double? RatioToSqliteShell => SqliteShell is null ? null : Math.Round(SendingLog.Median / SqliteShell.Median, 2);

    public double? BestRatioToSqliteShell => SqliteShell is null ? null : Math.Round(SendingLog.Best / SqliteShell.Best, 2);

    public required double AllocatedBytesPerRow { get; init; }

    /// <summary>Resident memory at its highest since the process began, after the sending log was written.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>Resident memory at its highest before the first export: the runtime, and filling the database.</summary>
    public required long IdleMemoryBytes { get; init; }

    public required int DailyRecipients { get; init; }

    /// <summary>Each file of a whole run.</summary>
    public required IReadOnlyList<ExportRate> Files { get; init; }

    public required ExportRate WholeRun { get; init; }
}

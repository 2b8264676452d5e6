using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Demo;

/// <summary>How the demonstration ended; printed as JSON by <c>demo --exit --json</c>.</summary>
internal sealed record DemoSummary
{
    public string Schema { get; } = Commands.Output.Schema;

    /// <summary>Every check holds.</summary>
    public bool Ok => Checks.All(check => check.Ok);

    public required string File { get; init; }

    public required long Records { get; init; }

    public required long Accepted { get; init; }

    public required IReadOnlyList<DemoRejection> Rejected { get; init; }

    public required long MailingId { get; init; }

    public required LedgerCounts Ledger { get; init; }

    public required DemoAudienceBook Audience { get; init; }

    public required IReadOnlyList<DemoExportFile> Export { get; init; }

    public required IReadOnlyList<DemoCheck> Checks { get; init; }

    public required DemoTiming Timing { get; init; }

    public required long PeakMemoryBytes { get; init; }

    public required string Data { get; init; }
}

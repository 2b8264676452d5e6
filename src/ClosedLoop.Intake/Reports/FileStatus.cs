using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Reports;

/// <summary>Everything the status of one file says (closed-loop spec section 16.1).</summary>
public sealed record FileStatus
{
    public required string File { get; init; }

    /// <summary>Names this state of this file: the same after a crash, another after another try.</summary>
    public string Cause { get; init; } = "";

    public required long ClientId { get; init; }

    public required FileState State { get; init; }

    public required DateTimeOffset Received { get; init; }

    public required DateTimeOffset Processed { get; init; }

    /// <summary>It came by the test folder.</summary>
    public bool Test { get; init; }

    public long Records { get; init; }

    public long Imported { get; init; }

    public long Skipped { get; init; }

    public IReadOnlyList<StatusGroup> Groups { get; init; } = [];

    public long Warnings { get; init; }

    /// <summary>Errors counted, those beyond the kept ones included.</summary>
    public long ErrorCount { get; init; }

    public IReadOnlyList<FileProblem> Errors { get; init; } = [];

    /// <summary>Commands that are possible, or null when the file did not fail.</summary>
    public RestartOptions? Restart { get; init; }

    /// <summary>Guard rails that keep the file waiting for approval, or null.</summary>
    public string? Crossed { get; init; }

    /// <summary>Why an operator gave the file up and wants its senders to know; null otherwise.</summary>
    public string? Rejected { get; init; }
}

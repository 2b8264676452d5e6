using ClosedLoop.Model.Files;

namespace ClosedLoop.Data.Files;

/// <summary>One inbound file as registered. Times in microseconds, see <see cref="Model.Instants"/>.</summary>
public sealed record InboundFile
{
    public required long FileId { get; init; }

    public required long ClientId { get; init; }

    public required string Name { get; init; }

    /// <summary>Hash of the content, lower-case hexadecimal; empty when the file could not be read.</summary>
    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    public required FileState State { get; init; }

    public long Records { get; init; }

    /// <summary>Recipients imported; 0 as long as nothing of the file is visible.</summary>
    public long Imported { get; init; }

    public long Skipped { get; init; }

    public long Warnings { get; init; }

    public long Errors { get; init; }

    /// <summary>Step a failed file stands at.</summary>
    public FileStep? Step { get; init; }

    /// <summary>Code of the first error of a failed file.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>An operator has asked for another try: E103 is waived.</summary>
    public bool Retried { get; init; }

    /// <summary>Time of the last change before the claim.</summary>
    public required long ReceivedAt { get; init; }

    public required long ClaimedAt { get; init; }

    /// <summary>Stamp of the last change of state: tells two failures of one file apart.</summary>
    public long ChangedAt { get; init; }

    /// <summary>It came by the test folder.</summary>
    public bool Test { get; init; }

    public bool IsFailed => State is FileState.FailedImport or FileState.FailedStart;

    /// <summary>It waits for somebody's approval.</summary>
    public bool IsHeld => State == FileState.AwaitingApproval;

    /// <summary>The service still has something to do with it.</summary>
    public bool IsUnfinished => State <= FileState.Started;
}

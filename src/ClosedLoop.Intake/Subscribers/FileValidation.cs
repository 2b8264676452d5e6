namespace ClosedLoop.Intake.Subscribers;

/// <summary>What was found in a file. Nothing of the file is visible anywhere before it exists.</summary>
public sealed class FileValidation
{
    /// <summary>Groups in the order of their first records; a group without a valid recipient has <c>Net</c> = 0.</summary>
    public required IReadOnlyList<FileGroup> Groups { get; init; }

    public required ProblemList Problems { get; init; }

    /// <summary>Records read, faulty ones included.</summary>
    public required long Records { get; init; }

    /// <summary>Records that become recipients.</summary>
    public required long Accepted { get; init; }

    public long Skipped => Records - Accepted;

    /// <summary>The file must not be imported.</summary>
    public bool Failed => Problems.FileFails;
}

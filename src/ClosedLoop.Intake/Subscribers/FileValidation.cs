namespace ClosedLoop.Intake.Subscribers;

/// <summary>What the first pass over a file found. Nothing of the file is visible anywhere before it exists.</summary>
public sealed class FileValidation
{
    /// <summary>Groups in the order of their first records; a group without a valid recipient has <c>Net</c> = 0.</summary>
    public required IReadOnlyList<FileGroup> Groups { get; init; }

    public required ProblemList Problems { get; init; }

    /// <summary>Records read, faulty ones included.</summary>
    public required long Records { get; init; }

    /// <summary>Records that become recipients.</summary>
    public required long Accepted { get; init; }

    /// <summary>Which records were accepted, for the second pass.</summary>
    public required RecordMarks Marks { get; init; }

    public long Skipped => Records - Accepted;

    /// <summary>The file must not be imported.</summary>
    public bool Failed => Problems.FileFails;
}

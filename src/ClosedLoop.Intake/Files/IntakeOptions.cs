namespace ClosedLoop.Intake.Files;

/// <summary>Settings of file intake that are the installation's, not a client's.</summary>
public sealed record IntakeOptions
{
    /// <summary>How long a name or content counts as processed already (E103): 30 days, as long as archived files are kept.</summary>
    public TimeSpan RepeatGuard { get; init; } = TimeSpan.FromDays(30);

    /// <summary>A file with more recipients waits until two people have approved it; 0 for never. For sending to real people only.</summary>
    public long TwoPeopleAbove { get; init; }

    /// <summary>Called after each durable step with the file's new state; a test throws here to stand for a crash.</summary>
    internal Action<long, Model.Files.FileState>? Reached { get; init; }
}

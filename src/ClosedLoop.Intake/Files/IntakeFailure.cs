using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Files;

/// <summary>A file cannot go on for a reason that lies in the file or its mailing; recorded, and left to an operator.</summary>
internal sealed class IntakeFailure : Exception
{
    public IntakeFailure(FileState to, FileStep step, ErrorCode code, string message, Exception? cause = null)
        : this(to, step, new ProblemList(), cause) => Problems.Add(FileProblem.OfFile(code, step, message));

    public IntakeFailure(FileState to, FileStep step, ProblemList problems, Exception? cause = null)
        : base($"the file fails at step {step}", cause)
    {
        To = to;
        Step = step;
        Problems = problems;
    }

    /// <summary><see cref="FileState.FailedImport"/> or <see cref="FileState.FailedStart"/>.</summary>
    public FileState To { get; }

    public FileStep Step { get; }

    public ProblemList Problems { get; }
}

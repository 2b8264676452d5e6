using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// Problems of one file: the first <see cref="Capacity"/> errors and as many warnings are kept, the rest is counted,
/// so that a file in which every record is wrong costs no more memory than a good one.
/// </summary>
public sealed class ProblemList(bool recordErrorsFail = false)
{
    /// <summary>Errors (and, apart, warnings) kept with their position (closed-loop spec section 16.3).</summary>
    public const int Capacity = 1000;

    private readonly List<FileProblem> _errors = [];
    private readonly List<FileProblem> _warnings = [];

    /// <summary>Kept errors in file order.</summary>
    public IReadOnlyList<FileProblem> Errors => _errors;

    public IReadOnlyList<FileProblem> Warnings => _warnings;

    public long ErrorCount { get; private set; }

    public long WarningCount { get; private set; }

    /// <summary>Errors beyond <see cref="Capacity"/>: the number of the E199 line.</summary>
    public long ErrorsLeftOut => ErrorCount - _errors.Count;

    /// <summary>Problems beyond what is kept, warnings included.</summary>
    public long LeftOut => ErrorsLeftOut + WarningCount - _warnings.Count;

    /// <summary>Kept errors and warnings together, by line.</summary>
    public IEnumerable<FileProblem> Kept => _errors.Concat(_warnings).OrderBy(p => p.Line);

    /// <summary>Something makes the whole file fail.</summary>
    public bool FileFails { get; private set; }

    /// <summary>A problem found now would only be counted, so its message need not be built.</summary>
    public bool IsFull(ErrorCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return (code.IsError ? _errors : _warnings).Count >= Capacity;
    }

    public void Add(FileProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Count(problem.Code);
        if (!IsFull(problem.Code)) (problem.IsError ? _errors : _warnings).Add(problem);
    }

    /// <summary>Counts a problem whose position is not kept.</summary>
    public void Count(ErrorCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (!code.IsError)
        {
            WarningCount++;
            return;
        }

        ErrorCount++;
        if (code.Effect == ErrorEffect.File || (recordErrorsFail && code.Effect == ErrorEffect.Record)) FileFails = true;
    }
}

using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Reports;

/// <summary>One event of a log file (closed-loop spec section 16.2).</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Code">What happened.</param>
/// <param name="Line">Physical line, or 0.</param>
/// <param name="Record">Logical record, or 0; also the reference to the recipient, never the address.</param>
/// <param name="Mailing">Mailing or source mailing, when known.</param>
/// <param name="Text">One line.</param>
public sealed record LogLine(DateTimeOffset Time, ErrorCode Code, long Line, long Record, long? Mailing, string Text)
{
    public static LogLine Of(FileProblem problem, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(time, problem.Code, problem.Line, problem.Record, problem.SourceId, problem.Message);
    }
}

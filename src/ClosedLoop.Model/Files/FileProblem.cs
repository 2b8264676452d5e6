using ClosedLoop.Model.Errors;

namespace ClosedLoop.Model.Files;

/// <summary>One error or warning found in an inbound file. The message holds no value of the file: it may be personal.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Step">Where in the way of a file it was found.</param>
/// <param name="Line">Physical line, from 1, where the field or record begins; 0 when it concerns the file.</param>
/// <param name="Record">Logical record, from 1; 0 when it concerns the file.</param>
/// <param name="Column">Position of the field, from 1; 0 when it concerns the record or file.</param>
/// <param name="SourceId">Source mailing of the group, when known.</param>
/// <param name="WaveId">Wave of the group, when it has one.</param>
/// <param name="Message">What was found and what was expected.</param>
public sealed record FileProblem(
    ErrorCode Code, FileStep Step, long Line, long Record, int Column, long? SourceId, long? WaveId, string Message)
{
    public bool IsError => Code.IsError;

    /// <summary><c>source/wave</c>, or null: column <c>group</c> of the error file.</summary>
    public string? Group => SourceId is { } source ? FormattableString.Invariant($"{source}/{WaveId}") : null;

    public static FileProblem OfFile(ErrorCode code, FileStep step, string message) => new(code, step, 0, 0, 0, null, null, message);
}

namespace ClosedLoop.Scenarios.Support;

/// <summary>A file that must fail.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Code">Error that must be reported.</param>
/// <param name="Line">Physical line of the error, from 1; 0 when it concerns the file.</param>
/// <param name="Column">Field of the error, from 1; 0 when it concerns the record or the file.</param>
internal sealed record BadFile(string Name, byte[] Content, string Code, int Line, int Column);

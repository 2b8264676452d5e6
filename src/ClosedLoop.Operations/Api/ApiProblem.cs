namespace ClosedLoop.Operations.Api;

/// <summary>An error or a warning in a file.</summary>
internal sealed record ApiProblem(string Code, bool IsError, long Line, long Record, int Column, string Message);

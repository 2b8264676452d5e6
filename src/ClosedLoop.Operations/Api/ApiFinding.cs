namespace ClosedLoop.Operations.Api;

/// <summary>Something lint found.</summary>
internal sealed record ApiFinding(string Part, int Line, int Column, string Code, string Severity, string Message, string Hint);

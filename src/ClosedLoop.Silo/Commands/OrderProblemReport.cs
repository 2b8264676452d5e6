namespace ClosedLoop.Silo.Commands;

/// <summary>One problem of an order, as <c>check --json</c> writes it; <c>file</c> is null for the order itself.</summary>
internal sealed record OrderProblemReport(string Key, string? File, long Line, int Column, string Message, string Cause, string Hint);

namespace ClosedLoop.Operations.Api;

/// <summary>One action of a person or a program.</summary>
internal sealed record ApiAuditEntry(long Id, DateTimeOffset At, string Actor, string Origin, string Action, string Subject, bool Done, string Answer, string? Reason, string? Before, string? After);

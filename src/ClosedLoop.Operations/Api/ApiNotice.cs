namespace ClosedLoop.Operations.Api;

/// <summary>A mail to a person.</summary>
internal sealed record ApiNotice(long Id, string Cause, string Address, string Subject, string State, int Attempts, DateTimeOffset At, string? LastAnswer);

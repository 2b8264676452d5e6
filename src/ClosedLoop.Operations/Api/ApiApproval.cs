namespace ClosedLoop.Operations.Api;

/// <summary>A person's yes to what takes two.</summary>
internal sealed record ApiApproval(string Person, string? Reason, DateTimeOffset At);

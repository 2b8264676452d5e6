namespace ClosedLoop.Operations.Api;

/// <summary>Something that is watched.</summary>
internal sealed record ApiAlertRule(string Scope, IReadOnlyList<string> Causes, string What, string? Setting, DateTimeOffset? LastLook, int Raised);

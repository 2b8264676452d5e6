namespace ClosedLoop.Operations.Api;

/// <summary>Whether the process takes work up, and what it is at.</summary>
internal sealed record ApiDrain(bool IsOn, bool SafeToStop, DateTimeOffset? Since, string? By, string? Reason, IReadOnlyDictionary<string, int> Working);

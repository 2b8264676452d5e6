namespace ClosedLoop.Operations.Api;

/// <summary>A lane that is held.</summary>
internal sealed record ApiLane(string Name, DateTimeOffset Until, string Reason, bool ByOperator);

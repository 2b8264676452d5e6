namespace ClosedLoop.Operations.Api;

/// <summary>A limit in force and which rule set it.</summary>
internal sealed record ApiLaneRule(string Client, string Route, string Limit, string SetBy);

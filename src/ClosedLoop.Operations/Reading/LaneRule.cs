namespace ClosedLoop.Operations.Reading;

/// <summary>A limit in force and where it was set.</summary>
public sealed record LaneRule(string ClientKey, string Route, string Limit, string SetBy);

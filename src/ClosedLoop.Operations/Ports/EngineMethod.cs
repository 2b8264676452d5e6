namespace ClosedLoop.Operations.Ports;

/// <summary>Calls of one grain method.</summary>
public sealed record EngineMethod(string Name, long Calls, long Errors, TimeSpan Average, TimeSpan Longest);

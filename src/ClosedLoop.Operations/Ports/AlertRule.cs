namespace ClosedLoop.Operations.Ports;

/// <summary>Something that is watched.</summary>
/// <param name="Scope">The check that looks.</param>
/// <param name="Causes">Causes of the alarms that this rule raises.</param>
/// <param name="What">What raises an alarm, with its threshold.</param>
/// <param name="Setting">Key of the threshold; <c>null</c> where there is none to choose.</param>
public sealed record AlertRule(string Scope, IReadOnlyList<string> Causes, string What, string? Setting);

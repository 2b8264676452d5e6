using ClosedLoop.Data.Alarms;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Pages;

/// <summary>The service itself.</summary>
public sealed record SystemModel(
    IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<Alarm> Alarms, IReadOnlyList<AlarmNote> Notes, IReadOnlyList<CheckRun> Checks, string Engine, IReadOnlyList<EngineType> Types,
    IReadOnlyList<EngineMethod> Methods, IReadOnlyList<KeyValuePair<string, string>> Settings);

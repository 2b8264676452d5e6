using ClosedLoop.Data.Alarms;
using ClosedLoop.Model.Draining;
using ClosedLoop.Operations.Machine;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Pages;

/// <summary>The service itself.</summary>
/// <param name="Facts">What it is, in words.</param>
/// <param name="Alarms">What is wrong now.</param>
/// <param name="Notes">What was put off.</param>
/// <param name="Checks">Newest run of each check.</param>
/// <param name="Engine">Name of the grain engine.</param>
/// <param name="Types">Activations by grain type.</param>
/// <param name="Methods">Calls by method.</param>
/// <param name="Settings">Settings in force.</param>
/// <param name="Drain">Who drains this process; <c>null</c> while it takes work up.</param>
/// <param name="Working">What is being ended or done now, by kind.</param>
/// <param name="Points">The last hour of the process, oldest first.</param>
/// <param name="Keys">Keys of the installation.</param>
public sealed record SystemModel(
    IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<Alarm> Alarms, IReadOnlyList<AlarmNote> Notes, IReadOnlyList<CheckRun> Checks, string Engine, IReadOnlyList<EngineType> Types,
    IReadOnlyList<EngineMethod> Methods, IReadOnlyList<SettingLine> Settings, DrainState? Drain, IReadOnlyDictionary<string, int> Working, IReadOnlyList<MachinePoint> Points, IReadOnlyList<KeyLine> Keys);

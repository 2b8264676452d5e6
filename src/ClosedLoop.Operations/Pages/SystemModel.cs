using ClosedLoop.Data.Alarms;
using ClosedLoop.Model.Draining;
using ClosedLoop.Operations.Machine;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>The service itself.</summary>
/// <param name="Facts">What it is, in words.</param>
/// <param name="Processes">The processes that share the work.</param>
/// <param name="Clock">This machine's clock beside the database's; <c>null</c> where there is nothing to compare.</param>
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
/// <param name="Licences">Packages of others that are part of the program.</param>
public sealed record SystemModel(
    IReadOnlyList<(string Name, string Value)> Facts, ProcessList Processes, ClockOffset? Clock, IReadOnlyList<Alarm> Alarms, IReadOnlyList<AlarmNote> Notes, IReadOnlyList<CheckRun> Checks, string Engine, IReadOnlyList<EngineType> Types,
    IReadOnlyList<EngineMethod> Methods, IReadOnlyList<SettingLine> Settings, DrainState? Drain, IReadOnlyDictionary<string, int> Working, IReadOnlyList<MachinePoint> Points, IReadOnlyList<KeyLine> Keys,
    IReadOnlyList<LicenceLine> Licences);

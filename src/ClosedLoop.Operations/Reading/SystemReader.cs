using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ClosedLoop.Data;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Guard;
using ClosedLoop.Model;
using ClosedLoop.Model.Draining;
using ClosedLoop.Operations.Machine;
using ClosedLoop.Operations.Pages;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Reading;

/// <summary>Reads what the service is and how it does.</summary>
internal sealed class SystemReader(
    Database database, LedgerWriter writer, AlarmStore alarms, AlarmNoteStore notes, InstanceStore instance, IEngineFigures engine, OperationsOptions options, Tables tables, DrainSwitch drain, MachineRecorder machine, IKeyRing keys,
    ProcessReader processes, ClockReader clocks, TimeProvider time)
{
    public async Task<SystemModel> ReadAsync()
    {
        // Both wait a moment at most, together.
        var (listing, comparing) = (processes.ReadAsync(), clocks.ReadAsync());
        var (list, clock) = (await listing, await comparing);
        using var process = Process.GetCurrentProcess();
        var gc = GC.GetGCMemoryInfo();
        List<(string, string)> facts =
        [
            ("Version", options.Version),
            (".NET", RuntimeInformation.FrameworkDescription),
            ("Process", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} on {Environment.MachineName}, {Environment.ProcessorCount} processors")),
            ("Up", Show.Span((long)(time.GetUtcNow().UtcDateTime - process.StartTime.ToUniversalTime()).TotalSeconds)),
            ("Memory", $"{Show.Bytes(process.WorkingSet64)} resident, {Show.Bytes(gc.HeapSizeBytes)} heap"),
            ("Collections", string.Create(CultureInfo.InvariantCulture, $"{GC.CollectionCount(0)} / {GC.CollectionCount(1)} / {GC.CollectionCount(2)}, {gc.PauseTimePercentage:0.0} % paused")),
            ("Processor time", Show.Span((long)process.TotalProcessorTime.TotalSeconds)),
            ("Database", database.DisplayName),
            ("Schema", Show.N(tables.Number("SELECT MAX(version) FROM schema_version"))),
            ("Writer", $"{Show.N(writer.Commits)} commits, {Show.N(writer.Writes)} writes"),
            ("Operator listener", options.Listen),
            ("Public listener", options.PublicListen),
        ];
        if (database.Kind == DatabaseKind.Sqlite)
        {
            facts.Add(("Database size", $"{Size(database.Path)}, log {Size(database.Path + "-wal")}"));
            if (Path.GetPathRoot(database.Path) is { } root) facts.Add(("Disk", $"{Show.Bytes(new DriveInfo(root).AvailableFreeSpace)} free"));
        }

        if (instance.Read() is { } mark) facts.Add(("Sending", mark.HeldAt is null ? "free" : "held: " + mark.HeldReason));
        return new SystemModel(facts, list, clock, alarms.All(), notes.At(time.NowMicroseconds()), alarms.Checks(), engine.Name, engine.Types(), engine.Methods(), options.Settings,
            drain.State, drain.Working, machine.Points(), keys.All(), options.Licences);
    }

    private static string Size(string path) => File.Exists(path) ? Show.Bytes(new FileInfo(path).Length) : "–";
}

using System.Diagnostics;
using ClosedLoop.Operations;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Operations;

/// <summary>Where one process does all the work, it is the only one.</summary>
internal sealed class OwnProcess(SiloSettings settings, OperationsOptions options, TimeProvider time) : IProcesses
{
    public IReadOnlyList<SeenProcess> All()
    {
        using var process = Process.GetCurrentProcess();
        return
        [
            new SeenProcess(
                settings.Cluster.Name ?? Environment.MachineName, Environment.MachineName, Address: null, settings.Roles.ToString(), options.Version, new DateTimeOffset(process.StartTime), time.GetUtcNow(), ProcessState.Working, IsThis: true),
        ];
    }
}

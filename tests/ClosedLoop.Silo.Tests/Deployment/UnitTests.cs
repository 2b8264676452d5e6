using System.Diagnostics;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Deployment;

public sealed class UnitTests
{
    [SystemdFact]
    public async Task Systemd_finds_no_fault_with_the_unit()
    {
        using var folder = new TempFolder();
        var unit = await File.ReadAllTextAsync(Repository.PathOf("deploy", "systemd", "closedloop.service"));
        Assert.Contains("Type=notify", unit, StringComparison.Ordinal);

        // The program and its page are not installed on this machine; everything else is judged as it is.
        var path = Path.Combine(folder.Path, "closedloop.service");
        await File.WriteAllTextAsync(path, unit.Replace("/opt/closedloop/closedloop serve", "/bin/sleep 1", StringComparison.Ordinal)
            .Replace("Documentation=file:/opt/closedloop/docs/operating.md\n", "", StringComparison.Ordinal).Replace(" --data /var/lib/closedloop", "", StringComparison.Ordinal)
            .Replace("User=closedloop", "User=root", StringComparison.Ordinal).Replace("Group=closedloop", "Group=root", StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo(SystemdFactAttribute.Program, ["verify", "--man=no", path]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        var lines = said.Split('\n').Where(line => line.Contains("closedloop.service", StringComparison.Ordinal));
        Assert.Empty(lines);
        Assert.True(process.ExitCode == 0 || !said.Contains("closedloop", StringComparison.Ordinal), said);
    }
}

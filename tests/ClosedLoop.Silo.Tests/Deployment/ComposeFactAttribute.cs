using System.Diagnostics;

namespace ClosedLoop.Silo.Tests.Deployment;

/// <summary>A test that reads files with Compose itself, which needs no engine for that; skipped where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ComposeFactAttribute : FactAttribute
{
    public ComposeFactAttribute()
    {
        if (!IsThere.Value) Skip = "docker compose is not installed here";
    }

    private static Lazy<bool> IsThere { get; } = new(() =>
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("docker", ["compose", "version"]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });
}

using System.Diagnostics;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>The accessibility checker axe-core. It is not part of this project: it is fetched when the tests run, and kept in the folder of temporary files.</summary>
internal static class AxeScript
{
    private const string Version = "4.14.1";

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The script; <c>null</c> when it cannot be had.</summary>
    public static string? Path => Found.Value;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CLOSEDLOOP_AXE") is { } named) return File.Exists(named) ? named : null;
        var folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "closedloop-axe-" + Version);
        var script = System.IO.Path.Combine(folder, "package", "axe.min.js");
        if (File.Exists(script)) return script;
        Directory.CreateDirectory(folder);
        return Run("npm", folder, "pack", "--silent", "axe-core@" + Version) && Run("tar", folder, "xzf", $"axe-core-{Version}.tgz") && File.Exists(script) ? script : null;
    }

    private static bool Run(string program, string folder, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            if (process.WaitForExit(TimeSpan.FromSeconds(60))) return process.ExitCode == 0;
            process.Kill();
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

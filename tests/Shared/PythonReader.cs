using System.Diagnostics;

namespace ClosedLoop.Testing;

/// <summary>One Python process that reads a JSON object a line and prints what it finds wrong.</summary>
public static class PythonReader
{
    /// <summary>Debian's own: the modules of its packages are for no other.</summary>
    public const string Program = "/usr/bin/python3";

    /// <summary>All the script printed.</summary>
    public static async Task<string> RunAsync(string script, IEnumerable<string> lines)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, ["-X", "utf8", "-c", script]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            foreach (var line in lines)
                await process.StandardInput.WriteLineAsync(line);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended early; what it said tells why.
        }

        return (await output + await errors).Trim();
    }
}

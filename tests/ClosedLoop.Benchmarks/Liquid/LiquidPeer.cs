using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Benchmarks.Liquid;

/// <summary>
/// Another engine, measured by a program of its own. The command is started with three more arguments (template file, data file,
/// seconds), renders the template with the JSON object of the data file on one thread for that long after warming up, and prints one
/// line: <c>{"name", "rendersPerSecond", "allocatedBytes" (or null), "sha256" of the output as UTF-8}</c>.
/// </summary>
internal static class LiquidPeer
{
    /// <exception cref="InvalidOperationException">The peer failed or printed something else.</exception>
    public static LiquidPeerResult Measure(string command, string template, string data, double seconds)
    {
        var parts = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(parts[0]) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[.. parts.Skip(1), template, data, seconds.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"the peer '{command}' did not start");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var line = output.Split('\n').LastOrDefault(l => l.StartsWith('{'));
        return process.ExitCode == 0 && line is not null && JsonSerializer.Deserialize<LiquidPeerResult>(line, JsonSerializerOptions.Web) is { } result
            ? result
            : throw new InvalidOperationException($"the peer '{command}' ended with {process.ExitCode} and printed '{output}'; expected one line of JSON");
    }
}

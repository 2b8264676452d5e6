using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Benchmarks.Optimove;

/// <summary><c>optimove</c>: how soon a trigger of Optimove is a mail that the relay has accepted, and how soon a call is durable and answered.</summary>
internal static class OptimoveCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        int triggersPerSecond = 50, callsPerSecond = 500, seconds = 20;
        var json = false;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--triggers" when i + 1 < args.Count: triggersPerSecond = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--calls" when i + 1 < args.Count: callsPerSecond = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--seconds" when i + 1 < args.Count: seconds = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--json": json = true; break;
                default:
                    await Console.Error.WriteLineAsync($"unknown argument '{args[i]}'");
                    return 2;
            }
        }

        var report = await OptimoveRun.RunAsync(triggersPerSecond, callsPerSecond, seconds);
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        else report.Print();
        return report.Lost == 0 ? 0 : 1;
    }
}

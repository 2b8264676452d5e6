using System.Globalization;
using System.Text.Json;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Benchmarks.Responses;

/// <summary>
/// <c>responses</c>: how fast opens and clicks are stored with verdicts and without, in turn. The spool's reading is left out, the user agent's is not: what is compared is what the drain does for
/// each event up to the commit. Two kinds of load: spread over two days, and all within five minutes of the hand-over, when every event has others near it.
/// </summary>
internal static class ResponsesCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (events, rounds) = (Option(arguments, "--events", 50_000), Option(arguments, "--rounds", 3));
        var postgres = Array.IndexOf(arguments, "--database") is >= 0 and var at && at + 1 < arguments.Length && arguments[at + 1] == "postgres";
        var folder = Directory.CreateTempSubdirectory("closedloop-responses-").FullName;
        try
        {
            await using var server = postgres ? await PostgresServer.StartAsync(durable: true) : null;
            await using var run = await ResponsesRun.OpenAsync(server?.CreateDatabase() ?? Path.Combine(folder, "closedloop.db"));
            await run.MeasureAsync(5_000, burst: true, judged: true);
            var rates = new List<(bool Burst, bool Judged, double PerSecond)>();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var burst in new[] { false, true })
                {
                    foreach (var judged in new[] { false, true }) rates.Add((burst, judged, await run.MeasureAsync(events, burst, judged)));
                }
            }

            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                schema = "closedloop.benchmark.responses/v1",
                database = postgres ? "postgres" : "sqlite",
                events,
                rounds,
                spreadPerSecond = Rate(rates, burst: false, judged: true),
                spreadWithoutVerdictsPerSecond = Rate(rates, burst: false, judged: false),
                spreadRatio = Ratio(rates, burst: false),
                burstPerSecond = Rate(rates, burst: true, judged: true),
                burstWithoutVerdictsPerSecond = Rate(rates, burst: true, judged: false),
                burstRatio = Ratio(rates, burst: true),
                judged = run.Count("verdict IS NOT NULL"),
                machines = run.Count("verdict > 1"),
            }));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Rate(List<(bool Burst, bool Judged, double PerSecond)> rates, bool burst, bool judged) =>
        Math.Round(Median([.. rates.Where(rate => rate.Burst == burst && rate.Judged == judged).Select(rate => rate.PerSecond)]));

    /// <summary>With verdicts over without, of turns that followed each other.</summary>
    private static double Ratio(List<(bool Burst, bool Judged, double PerSecond)> rates, bool burst)
    {
        var of = rates.Where(rate => rate.Burst == burst).ToList();
        return Math.Round(Median([.. of.Chunk(2).Select(pair => pair[1].PerSecond / pair[0].PerSecond)]), 2);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static int Option(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;
}

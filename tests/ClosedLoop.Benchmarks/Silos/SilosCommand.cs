using System.Globalization;
using System.Text.Json;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Benchmarks.Silos;

/// <summary><c>silos</c>: what another silo adds where the sink is slow and the machine idle, so that the window of a silo decides and not the processor.</summary>
internal static class SilosCommand
{
    /// <summary>As the rig's: it could not be run here.</summary>
    private const int NotRun = 3;

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        IReadOnlyList<int> silos = [1, 2, 3];
        int recipients = 12_000, reply = 50;
        var json = false;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--silos" when i + 1 < args.Count: silos = [.. args[++i].Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))]; break;
                case "--recipients" when i + 1 < args.Count: recipients = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--reply-ms" when i + 1 < args.Count: reply = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--json": json = true; break;
                default:
                    await Console.Error.WriteLineAsync($"unknown argument '{args[i]}'");
                    return 2;
            }
        }

        if ((SilosRound.IsClustered ? PostgresServer.WhyNot() : "this build of the service has the embedded engine: build with -p:Engine=Orleans") is { } why)
        {
            await Console.Error.WriteLineAsync("not run: " + why);
            return NotRun;
        }

        await using var server = await PostgresServer.StartAsync(durable: true);
        List<SilosRound> rounds = [];
        foreach (var count in silos)
        {
            rounds.Add(await SilosRound.RunAsync(server, count, recipients, reply));
            if (!json) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} silos: {rounds[^1].PerSecond:0.0}/s, {rounds[^1].PerSecond / rounds[0].PerSecond:0.00} times the first, {rounds[^1].Seconds:0} s in all"));
        }

        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(new { recipients, replyMilliseconds = reply, rounds }, JsonSerializerOptions.Web));
        return 0;
    }
}

using System.Diagnostics;
using System.Globalization;
using ClosedLoop.Testing.Installations;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Benchmarks.Silos;

/// <summary>One mailing sent by so many silos.</summary>
/// <param name="Silos">How many.</param>
/// <param name="PerSecond">Messages a second between the first tenth of them and the last, when every silo was at work.</param>
/// <param name="Seconds">From the upload to the end.</param>
internal sealed record SilosRound(int Silos, double PerSecond, double Seconds)
{
#if ENGINE_ORLEANS
    public const bool IsClustered = true;
#else
    public const bool IsClustered = false;
#endif

    public static async Task<SilosRound> RunAsync(PostgresServer server, int count, int recipients, int replyMilliseconds)
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false, server: server);
        await using var sink = await SinkProcess.StartAsync(installation, "--reply-delay", replyMilliseconds.ToString(CultureInfo.InvariantCulture));
        var silos = await Task.WhenAll(Enumerable.Range(0, count).Select(number => ClusterSilo.StartAsync(installation, ClusterPlace.Of(installation, number))));
        try
        {
            var clock = Stopwatch.StartNew();
            var file = installation.Drop(Enumerable.Range(0, recipients).Select(i => Installation.Row(string.Create(CultureInfo.InvariantCulture, $"reader.{i}@example.org"))));
            while (!installation.Books.IsFinished(file))
            {
                foreach (var silo in silos) silo.ThrowIfEnded("end of the mailing");
                await Task.Delay(200);
            }

            var times = installation.Books.Sink().Select(record => record.At).Order().ToList();
            if (times.Count != recipients) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{times.Count} messages for {recipients} recipients"));
            var (first, last) = (recipients / 10, recipients * 9 / 10);
            return new SilosRound(count, (last - first) / (times[last] - times[first]).TotalSeconds, clock.Elapsed.TotalSeconds);
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
        }
    }
}

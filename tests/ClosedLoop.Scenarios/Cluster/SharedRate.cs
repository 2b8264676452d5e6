using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary><c>mail.perSecond</c> of a client whose mail three silos send, one of them killed on the way.</summary>
[Collection(AloneCollection.Name)]
public sealed class SharedRate(ITestOutputHelper output)
{
    private const int Rate = 40;
    private const int Rows = 2_400;

    [PostgresFact]
    public async Task All_silos_together_keep_to_it()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false, server: await PostgresServer.SharedAsync(), mail: $", \"perSecond\": {Rate}");
        await using var sink = await SinkProcess.StartAsync(installation);
        var places = Enumerable.Range(0, 3).Select(number => ClusterPlace.Of(installation, number)).ToArray();
        var silos = await Task.WhenAll(places.Select(place => ClusterSilo.StartAsync(installation, place)));
        try
        {
            var file = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row($"reader.{i}@example.org")));
            await Eventually.ThatAsync("a third of the mail", () => installation.Books.Sink().Count > Rows / 3, [.. silos, sink]);
            await silos[1].KillAsync();
            silos[1] = await ClusterSilo.StartAsync(installation, places[1]);
            await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), [.. silos, sink]);
        }
        catch
        {
            foreach (var silo in silos) output.WriteLine(silo.Story);
            throw;
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
        }

        var times = installation.Books.Sink().Select(record => record.At).Order().ToList();
        var took = (times[^1] - times[0]).TotalSeconds;
        output.WriteLine($"{times.Count} messages in {took:0.0} s: {times.Count / took:0.00} a second of {Rate}");

        // What a part saves up in a second of rest is the burst that a single process is allowed, too.
        Assert.True(times.Count <= (Rate * took * 1.01) + Rate, $"{times.Count} in {took:0.0} s");
        foreach (var span in (int[])[5, 20])
        {
            var window = TimeSpan.FromSeconds(span);
            var (most, first) = (0, 0);
            for (var last = 0; last < times.Count; last++)
            {
                while (times[last] - times[first] >= window) first++;
                most = Math.Max(most, last - first + 1);
            }

            output.WriteLine($"at most {most} in {span} s");
            Assert.True(most <= (span + 1) * Rate * 1.01, $"{most} in {span} s");
        }
    }
}

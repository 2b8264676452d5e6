using System.Globalization;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>
/// Three silos on one PostgreSQL database; every ten seconds one is killed, and comes back. CLOSEDLOOP_CLUSTER_KILLS says how often (6), CLOSEDLOOP_CLUSTER_ROWS of how many recipients (1,600 a kill); the long run of the acceptance is 60 kills.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class SilosKilled(ITestOutputHelper output)
{
    private const int Window = 64;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("CLOSEDLOOP_CLUSTER_KILLS") ?? "6", CultureInfo.InvariantCulture);
    private static readonly int Rows = Environment.GetEnvironmentVariable("CLOSEDLOOP_CLUSTER_ROWS") is { } rows ? int.Parse(rows, CultureInfo.InvariantCulture) : Kills * 1_600;

    [PostgresFact]
    public async Task Nobody_is_lost_and_nobody_gets_two()
    {
        var random = Seed.Next(output);
        using var installation = await Installation.CreateAsync(embeddedSink: false, server: await PostgresServer.SharedAsync());

        // A slice then sends its group of 8 in 0.8 seconds on any machine, the ten slices of six kills about 100 a second, and the sending outlasts the kills.
        await using var sink = await SinkProcess.StartAsync(installation, "--reply-delay", "100");
        var places = Enumerable.Range(0, 3).Select(number => ClusterPlace.Of(installation, number)).ToArray();
        var silos = await Task.WhenAll(places.Select(place => ClusterSilo.StartAsync(installation, place)));
        var amidst = 0;
        try
        {
            var file = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row(Address(i))));
            await Eventually.ThatAsync("mail on its way", () => installation.Books.Sink().Count > 0, [.. silos, sink]);
            var kills = 0;
            for (; kills < Kills && !installation.Books.IsFinished(file); kills++)
            {
                await Task.Delay(Between);
                var victim = random.Next(silos.Length);
                await silos[victim].KillAsync();
                var (waiting, mailed) = (installation.Books.CountState(RecipientState.Waiting), installation.Books.Sink().Count);
                output.WriteLine($"{places[victim].Name} killed: {waiting} waiting, {installation.Books.CountState(RecipientState.Sending)} being sent, {mailed} in the sink");
                if (waiting > 0) amidst++;
                silos[victim] = await ClusterSilo.StartAsync(installation, places[victim]);
            }

            while (!installation.Books.IsFinished(file))
            {
                var mailed = installation.Books.Sink().Count;
                await Eventually.ThatAsync("more mail, or the end of the mailing", () => installation.Books.Sink().Count > mailed || installation.Books.IsFinished(file), [.. silos, sink]);
            }

            Assert.True(amidst >= Kills / 2, $"only {amidst} of {Kills} kills fell in the middle of the sending; they prove nothing");
            Check(installation, file, kills);
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
    }

    private void Check(Installation installation, string file, int kills)
    {
        var ledger = installation.Books.AssertBalance(file, Rows);
        Assert.Equal(Rows, ledger.Count);
        var mail = installation.Books.SinkByAddress();
        Assert.All(mail, messages => Assert.True(messages.Count() == 1, $"{messages.Key} has {messages.Count()} messages"));
        foreach (var (address, state) in ledger)
        {
            if (state == RecipientState.Sent) Assert.True(mail.Contains(address), $"{address} is sent and not in the sink");
            else Assert.Equal(RecipientState.Unknown, state);
        }

        var unknown = ledger.Values.Count(state => state == RecipientState.Unknown);
        output.WriteLine($"{Rows} recipients, {kills} kills: 0 lost, 0 repeated, {unknown} in doubt, {ledger.Count(entry => entry.Value == RecipientState.Unknown && mail.Contains(entry.Key))} of them in the sink");
        Assert.InRange(unknown, 1, Window * kills);
    }

    private static string Address(int index) => string.Create(CultureInfo.InvariantCulture, $"reader.{index}@example.org");
}

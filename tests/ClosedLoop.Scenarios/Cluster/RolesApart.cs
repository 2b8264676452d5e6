using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>One silo takes files in, one sends, one answers readers; the sender is asked to stop while another takes over.</summary>
[Collection(AloneCollection.Name)]
public sealed class RolesApart(ITestOutputHelper output)
{
    private const int Rows = 3_000;

    [PostgresFact]
    public async Task Each_does_its_part_and_a_sender_that_is_stopped_leaves_nobody_in_doubt()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false, server: await PostgresServer.SharedAsync());
        await using var sink = await SinkProcess.StartAsync(installation, "--reply-delay", "20");
        var places = Enumerable.Range(0, 4).Select(number => ClusterPlace.Of(installation, number)).ToArray();
        var ingest = await ClusterSilo.StartAsync(installation, places[0], "Roles=ingest,operate");
        var gateway = await ClusterSilo.StartAsync(installation, places[1], "Roles=gateway");
        var sender = await ClusterSilo.StartAsync(installation, places[2], "Roles=deliver", "Cluster:UnreadySeconds=3");
        var next = default(ClusterSilo);
        try
        {
            var file = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row($"reader.{i}@example.org")));
            await Eventually.ThatAsync("mail on its way", () => installation.Books.Sink().Count > 50, ingest, gateway, sender, sink);
            Assert.Equal(404, await sender.StatusAsync("/o/none"));
            Assert.NotEqual(404, await gateway.StatusAsync("/readyz"));

            next = await ClusterSilo.StartAsync(installation, places[3], "Roles=deliver");
            Assert.Equal(200, await sender.StatusAsync("/readyz"));
            var stopping = sender.TerminateAsync();
            await Eventually.ThatAsync("a sender that says it wants nothing new", async () => await sender.StatusAsync("/readyz") == 503, ingest, sink);
            Assert.True(await stopping == 0, sender.Story);
            Assert.Equal(0, installation.Books.CountState(RecipientState.Unknown));

            await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), ingest, gateway, next, sink);
            var ledger = installation.Books.AssertBalance(file, Rows);
            Assert.All(ledger.Values, state => Assert.Equal(RecipientState.Sent, state));
            Assert.Equal(Rows, installation.Books.Sink().Count);
        }
        catch
        {
            foreach (var silo in new[] { ingest, gateway, sender, next }) output.WriteLine(silo?.Story ?? "");
            throw;
        }
        finally
        {
            foreach (var silo in new[] { ingest, gateway, sender, next })
            {
                if (silo is not null) await silo.DisposeAsync();
            }
        }
    }
}

using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>The silo that tells Optimove results stops answering in the middle of it (STOP); another goes on; then it wakes up (CONT) with everything it was about to tell.</summary>
[Collection(AloneCollection.Name)]
public sealed class ConnectorSiloFrozen(ITestOutputHelper output)
{
    private const int Customers = 1_200;

    [PostgresFact]
    public async Task It_tells_nothing_twice()
    {
        await using var silos = await ConnectorSilos.StartAsync(Customers, "Optimove:FlushSeconds=0.1");
        var books = silos.Books;

        // Each request takes a while, so that results are told in many small ones and the silo is stopped between them.
        silos.Trial.State.AddFault(new DoubleFault { Path = "UpdateCampaignInteractions", Delay = 150, Times = 1_000 });
        await silos.Trial.ExecutedAsync(ConnectorSilos.CampaignId);
        await Eventually.ThatAsync("told results", () => silos.Told.Count > 50, [.. silos.Standing, silos.First]);
        await silos.First.SignalAsync("STOP");
        try
        {
            var next = await silos.AddAsync();
            await Eventually.ThatAsync("results told by another", () => books.Scalar("SELECT COUNT(*) FROM optimove_interaction WHERE state IN (0, 1)") == 0
                && books.Scalar("SELECT COUNT(*) FROM optimove_interaction") == Customers, [.. silos.Standing, next]);
            await silos.First.SignalAsync("CONT");
            await Eventually.ThatAsync("end of the silo that was taken for dead", () => silos.First.HasEnded);
        }
        catch
        {
            output.WriteLine(silos.Story);
            throw;
        }

        var inDoubt = (int)books.Scalar("SELECT COUNT(*) FROM optimove_interaction WHERE state = $1", (int)InteractionState.InDoubt);
        output.WriteLine($"{silos.Told.Count} told, {inDoubt} in doubt");
        Assert.Equal(silos.Told.Count, silos.Told.Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(silos.Told.Count, Customers - inDoubt, Customers);
        Assert.All(books.SinkByAddress(), customer => Assert.Single(customer));
        Assert.Equal(Customers, books.Sink().Count);
    }
}

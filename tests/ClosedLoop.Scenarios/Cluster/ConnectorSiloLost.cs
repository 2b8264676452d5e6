using ClosedLoop.Model.Recipients;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>The silo that has a connector dies while it reads a campaign's customers (event 13), and never comes back.</summary>
[Collection(AloneCollection.Name)]
public sealed class ConnectorSiloLost(ITestOutputHelper output)
{
    private const int Customers = 3_000;

    [PostgresFact]
    public async Task Another_reads_on_and_everybody_gets_one()
    {
        await using var silos = await ConnectorSilos.StartAsync(Customers);
        var books = silos.Books;
        silos.Trial.State.AddFault(new DoubleFault { Path = "GetCustomerExecutionDetailsByCampaign", Delay = 300, Times = 8 });
        await silos.Trial.ExecutedAsync(ConnectorSilos.CampaignId);
        await Eventually.ThatAsync("customers", () => books.Scalar("SELECT COUNT(*) FROM optimove_send") >= 600, [.. silos.Standing, silos.First]);
        await silos.First.KillAsync();
        Assert.InRange(books.Scalar("SELECT COUNT(*) FROM optimove_send"), 600, Customers - 1);

        var next = await silos.AddAsync();
        try
        {
            await Eventually.ThatAsync("end of the campaign", () => silos.Trial.StateOf(ConnectorSilos.CampaignId) == 4, [.. silos.Standing, next]);
            await Eventually.ThatAsync("results", () => silos.Told.Count >= Customers, [.. silos.Standing, next]);
        }
        catch
        {
            output.WriteLine(silos.Story);
            throw;
        }

        Assert.Equal(Customers, books.Scalar("SELECT COUNT(*) FROM ledger"));
        Assert.Equal(Customers, books.CountState(RecipientState.Sent));
        Assert.Equal(Customers, books.Sink().Count);
        Assert.All(books.SinkByAddress(), customer => Assert.Single(customer));
        Assert.Equal(Customers, silos.Told.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Customers, silos.Told.Count);
    }
}

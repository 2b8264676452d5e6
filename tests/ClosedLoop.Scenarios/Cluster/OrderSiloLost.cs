using System.Globalization;
using ClosedLoop.Model.Testing;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>The silo that works on an order dies and never comes back, its disk is gone: another one finishes the order.</summary>
[Collection(AloneCollection.Name)]
public sealed class OrderSiloLost(ITestOutputHelper output)
{
    private const int Rows = 2_500;

    /// <summary>OperationStatus.Recovered.</summary>
    private const long Recovered = 3;

    // After the copy of the order, in the middle of the upload, after the deliveries were made.
    [PostgresTheory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(10)]
    public async Task Another_finishes_the_order_and_mails_everybody_once(int nth)
    {
        using var installation = await OrderInstallation.CreateAsync(server: await PostgresServer.SharedAsync());
        await using var sink = await SinkProcess.StartAsync(installation);
        var places = Enumerable.Range(0, 3).Select(number => ClusterPlace.Of(installation, number)).ToArray();
        await using var stays = await ClusterSilo.StartAsync(installation, places[0], "Roles=deliver,gateway,operate");
        installation.Environment[KillSwitch.Variable] = string.Create(CultureInfo.InvariantCulture, $"{nameof(KillPoint.OrderStep)}:{nth}");
        await using var doomed = await ClusterSilo.StartAsync(installation, places[1], "Roles=ingest");
        installation.Environment.Remove(KillSwitch.Variable);
        var folder = installation.Folder("orders");
        OrderInstallation.UploadList(folder, Rows);
        await Eventually.ThatAsync("death", () => doomed.HasEnded, stays, sink);
        Directory.Delete(places[1].Data, recursive: true);

        await using var next = await ClusterSilo.StartAsync(installation, places[2], "Roles=ingest");
        var books = installation.Books;
        try
        {
            await Eventually.ThatAsync("mails", () => File.Exists(Path.Combine(folder, "order-c.report.xml.done")) && books.Mails().Count > Rows && books.Scalar("SELECT COUNT(*) FROM mailing WHERE state <> 5") == 0, stays, next, sink);
        }
        catch
        {
            output.WriteLine(doomed.Story);
            throw;
        }

        Assert.Equal(Rows + 1, books.Mails().Count);
        Assert.All(books.Mails().GroupBy(record => record.To.Single()), mails => Assert.Single(mails));
        Assert.Equal(Recovered, books.Scalar("SELECT status FROM operation"));
        Assert.Equal(Rows + 1, books.Scalar("SELECT COUNT(*) FROM contact"));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM ledger WHERE state <> 2"));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM order_copy"));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(places[2].Data, "orders")));
    }
}

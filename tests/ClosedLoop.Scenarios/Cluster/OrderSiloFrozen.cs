using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>The silo that takes an order's recipients in stops answering (STOP), another one finishes the order, and it goes on as if nothing had been (CONT).</summary>
[Collection(AloneCollection.Name)]
public sealed class OrderSiloFrozen(ITestOutputHelper output)
{
    private const int Rows = 30_000;

    /// <param name="moment">Rows of the list are being taken in, or they all are and the mailing's recipients are being copied into it.</param>
    [PostgresTheory]
    [InlineData(OrderMoment.Upload)]
    [InlineData(OrderMoment.Mailing)]
    public async Task What_it_still_does_changes_nothing(OrderMoment moment)
    {
        using var installation = await OrderInstallation.CreateAsync(server: await PostgresServer.SharedAsync());
        await using var sink = await SinkProcess.StartAsync(installation);
        var places = Enumerable.Range(0, 3).Select(number => ClusterPlace.Of(installation, number)).ToArray();
        await using var stays = await ClusterSilo.StartAsync(installation, places[0], "Roles=deliver,gateway,operate");
        await using var frozen = await ClusterSilo.StartAsync(installation, places[1], "Roles=ingest");
        var folder = installation.Folder("orders");
        var books = installation.Books;
        OrderInstallation.UploadList(folder, Rows);
        await Eventually.ThatAsync("recipients", () => books.Scalar("SELECT COUNT(*) FROM contact") > 2_000, stays, frozen, sink);
        await frozen.SignalAsync("STOP");
        while (moment == OrderMoment.Mailing && !IsAmidCopy(books) && books.Scalar("SELECT COUNT(*) FROM recipient") < Rows)
        {
            await frozen.SignalAsync("CONT");
            await frozen.SignalAsync("STOP");
        }

        try
        {
            await using var next = await ClusterSilo.StartAsync(installation, places[2], "Roles=ingest");
            await Eventually.ThatAsync("end of the order without it", () => books.Scalar("SELECT COUNT(*) FROM operation WHERE closed = 1") == 1, stays, next, sink);
            await Eventually.ThatAsync("mails", () => books.Scalar("SELECT COUNT(*) FROM mailing WHERE state <> 5") == 0, stays, next, sink);
            var before = Story(installation, folder);
            await frozen.SignalAsync("CONT");
            await Eventually.ThatAsync("end of the silo that was taken for dead", () => frozen.HasEnded);
            Assert.Equal(before, Story(installation, folder));
        }
        catch
        {
            output.WriteLine(frozen.Story);
            throw;
        }

        Assert.Equal(Rows + 1, books.Scalar("SELECT COUNT(*) FROM contact"));
        Assert.Equal(Rows + 1, books.Mails().Count);
        Assert.All(books.Mails().GroupBy(record => record.To.Single()), mails => Assert.Single(mails));
    }

    /// <summary>Whether the server waits for more of a COPY, which goes on in no other process here.</summary>
    private static bool IsAmidCopy(Books books) =>
        books.Scalar("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND wait_event = 'ClientRead' AND query LIKE 'COPY recipient%'") > 0;

    /// <summary>What the order came to, as the database and the client's folder tell it.</summary>
    private static string Story(Installation installation, string folder)
    {
        var books = installation.Books;
        return FormattableString.Invariant($"""
            operation {books.Scalar("SELECT status FROM operation")} step {books.Scalar("SELECT step FROM operation")}, {books.Scalar("SELECT COUNT(*) FROM operation_transition")} transitions,
            {books.Scalar("SELECT COUNT(*) FROM contact")} rows, {books.Scalar("SELECT COUNT(*) FROM delivery")} deliveries, {books.Scalar("SELECT COUNT(*) FROM ledger")} recipients, {books.Mails().Count} mails
            {File.ReadAllText(Path.Combine(folder, "order-c.report.xml"))}
            """);
    }
}

using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios;

/// <summary>PostgreSQL is restarted again and again while mail goes out; the service is not.</summary>
public sealed class DatabaseRestarts(ITestOutputHelper output)
{
    private const int Restarts = 20;
    private const int Rows = 4_000;

    [PostgresFact]
    public async Task Everybody_gets_one_mail_and_the_export_has_them_all()
    {
        await using var server = await PostgresServer.StartAsync();
        using var installation = await Installation.CreateAsync(server: server);
        await using var silo = await SiloProcess.StartAsync(installation);
        var random = Seed.Next(output);
        var books = installation.Books;
        var file = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row($"reader.{i}@example.org")));
        var amidst = 0;
        foreach (var messages in Enumerable.Range(0, Restarts).Select(_ => random.Next(1, Rows * 9 / 10)).Order())
        {
            await Eventually.ThatAsync("mail on its way", () => SinkLines(books) >= messages, silo);
            if (random.Next(2) == 0) server.Crash();
            else server.Stop();
            await Task.Delay(random.Next(0, 300));
            server.StartAgain();
            if (SinkLines(books) < Rows) amidst++;
        }

        output.WriteLine($"{amidst} of {Restarts} restarts while mail went out");
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        var ledger = books.AssertBalance(file, Rows);
        var mail = books.SinkByAddress();
        Assert.All(mail, sent => Assert.True(sent.Count() == 1, $"{sent.Key} has {sent.Count()} messages"));
        foreach (var (address, state) in ledger)
        {
            Assert.True(state is RecipientState.Sent or RecipientState.Unknown, $"{address} is {state}");
            if (state == RecipientState.Sent) Assert.True(mail.Contains(address), $"{address} is sent and not in the sink");
        }

        output.WriteLine($"{ledger.Values.Count(state => state == RecipientState.Unknown)} in doubt");
        var export = await installation.ExportAsync(silo);
        Assert.Equal(Rows, export.Rows("mailingrecipients").Count);
        Assert.True(amidst > Restarts / 2, $"only {amidst} of {Restarts} restarts fell into the sending; they prove nothing");
    }

    private static long SinkLines(Books books) => File.Exists(books.SinkLedgerPath) ? File.ReadLines(books.SinkLedgerPath).LongCount() : 0;
}

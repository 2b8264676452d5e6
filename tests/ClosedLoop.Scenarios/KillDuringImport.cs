using ClosedLoop.Model.Files;
using ClosedLoop.Scenarios.Support;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios;

/// <summary>KILL while a large file is read and imported: in the end one mailing a group, everybody in it once, no rubble.</summary>
public sealed class KillDuringImport(ITestOutputHelper output)
{
    private const int Kills = 6;
    private const int Rows = 60_000;

    /// <summary>The kill that is to hit the removal of an earlier import's rows.</summary>
    private const int Removal = 3;

    private const string RowsOfImports = "SELECT COUNT(*) FROM ledger l JOIN mailing m ON m.mailing_id = l.mailing_id WHERE m.state = 0";

    [Trait("Acceptance", "3")]
    [Fact]
    public async Task Each_group_becomes_one_mailing_with_everybody_once()
    {
        var random = Seed.Next(output);
        using var installation = await Installation.CreateAsync(embeddedSink: false);
        var books = installation.Books;

        // No sink listens: what is imported waits, and the import is all there is to see.
        var file = installation.NextName();
        Directory.CreateDirectory(installation.Folder("in"));
        installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row($"reader.{i}@example.org", wave: 501 + (i % 2))), file);
        var amidst = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var left = books.Scalar(RowsOfImports);
            var newest = books.Scalar("SELECT MAX(mailing_id) FROM mailing");
            var written = random.Next(1, Rows * 7 / 10);
            await using var doomed = SiloProcess.Launch(installation);
            await (kill switch
            {
                0 => Eventually.ThatAsync("reading", () => books.FileId(file) > 0, doomed),
                Removal => Eventually.ThatAsync("removal of what the kill before left", () => books.Scalar(RowsOfImports) < left, doomed),
                _ => Eventually.ThatAsync("writing", () => books.Scalar("SELECT COUNT(*) FROM ledger WHERE mailing_id > $1", newest) >= written, doomed),
            });
            await Task.Delay(random.Next(0, 30));
            await doomed.KillAsync();
            var rows = books.Scalar(RowsOfImports);
            output.WriteLine($"kill {kill}: file {books.StateOf(file)}, {rows} rows that nobody sees yet");
            if (rows > 0) amidst++;
        }

        Assert.True(amidst >= Kills / 2, $"only {amidst} of {Kills} kills fell in the middle of the import; they prove nothing");
        await using var sink = await SinkProcess.StartAsync(installation);
        await using var silo = await SiloProcess.StartAsync(installation);
        await Eventually.ThatAsync("end of the import", () => books.StateOf(file) == FileState.Archived, silo);

        AssertNoRubble(books);
        Assert.Equal(2, books.Scalar("SELECT COUNT(*) FROM mailing"));
        Assert.Equal(2, books.Scalar("SELECT COUNT(DISTINCT wave_id) FROM mailing"));
        var ledger = books.Ledger(file);
        Assert.Equal(
            Enumerable.Range(0, Rows).Select(i => $"reader.{i}@example.org").Order(StringComparer.Ordinal), ledger.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Rows, books.Scalar("SELECT SUM(net) FROM file_group"));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM recipient r JOIN mailing m ON m.mailing_id = r.mailing_id WHERE m.wave_id <> 501 + (CAST(replace(substr(r.address, 8), '@example.org', '') AS INTEGER) % 2)"));
        Assert.Single(Directory.EnumerateFiles(installation.Folder("archive")));
        Assert.Empty(Directory.EnumerateFiles(installation.Folder("processing")));
    }

    private static void AssertNoRubble(Books books)
    {
        Assert.Equal(1, books.Scalar("SELECT COUNT(*) FROM inbound_file"));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM mailing WHERE state = 0"));
        foreach (var table in new[] { "ledger", "recipient" })
        {
            Assert.Equal(Rows, books.Scalar($"SELECT COUNT(*) FROM {table}"));
            Assert.Equal(0, books.Scalar($"SELECT COUNT(*) FROM {table} WHERE mailing_id NOT IN (SELECT mailing_id FROM mailing)"));
        }
    }
}

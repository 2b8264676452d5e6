using System.Globalization;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>A file that is not like the one before waits for somebody, whatever happens to the service meanwhile.</summary>
public sealed class GuardRail
{
    private const int Before = 400;
    private const int Rows = 250;

    private const string WaitsSql = "SELECT COUNT(*) FROM alarm WHERE cause = 'approval' AND subject = $1";

    [Fact]
    public async Task Nothing_of_it_is_sent_before_it_is_approved_also_over_a_kill_and_then_everything_once()
    {
        using var installation = await Installation.CreateAsync(import: """, "guards": { "rowsPercent": 20, "emptyPoints": 5 }""");
        installation.Settings.Add("Watch:IntervalSeconds=1");
        var books = installation.Books;
        await using (var silo = await SiloProcess.StartAsync(installation))
        {
            var file = await HeldAsync(installation, silo);

            // What a plan says of the same file is what the intake says.
            var same = installation.Aside(installation.NextName(), Installation.FileOf(People()));
            var plan = await installation.RunAsync("plan", same, "--client", "demo", "--json");
            Assert.Equal(8, plan.ExitCode);
            Assert.Equal(MessageOf(books, file), string.Join("; ", plan.Json().GetProperty("plan").GetProperty("rails").EnumerateArray().Select(rail => rail.GetString())));

            Assert.Contains("AwaitingApproval", (await installation.RunAsync("files", "ls")).Succeeded().Output, StringComparison.Ordinal);
            await Eventually.ThatAsync("alarm", () => books.Scalar(WaitsSql, $"file/{Id(books, file)}") == 1, silo);
            var status = await installation.RunAsync("status");
            Assert.Contains("CL3280", status.Output, StringComparison.Ordinal);
            await silo.KillAsync();
        }

        await using (var silo = await SiloProcess.StartAsync(installation))
        {
            var file = books.Text("SELECT name FROM inbound_file WHERE state = 10");
            await silo.PollAsync();
            var later = installation.Drop(Enumerable.Range(0, Before).Select(i => Installation.Row($"late.{i}@example.org", wave: 503)));
            await Eventually.ThatAsync("end of a file that passes", () => books.IsFinished(later), silo);
            Assert.Equal(FileState.AwaitingApproval, books.StateOf(file));
            Assert.Equal(2 * Before, books.Sink().Count);
            Assert.Equal(3, books.Scalar("SELECT COUNT(*) FROM inbound_file"));

            Assert.Equal(2, (await installation.RunAsync("files", "approve", Id(books, file))).ExitCode);
            (await installation.RunAsync("files", "approve", Id(books, file), "--reason", "the list was cleaned")).Succeeded();
            await Eventually.ThatAsync("mail on its way", () => books.Sink().Count > 2 * Before, silo);
            Assert.Equal(8, (await installation.RunAsync("files", "approve", Id(books, file), "--reason", "again")).ExitCode);
            await Eventually.ThatAsync("end of the file", () => books.IsFinished(file), silo);

            Assert.All(books.AssertBalance(file, Rows).Values, state => Assert.Equal(RecipientState.Sent, state));
            Assert.Equal((2 * Before) + Rows, books.Sink().Count);
            Assert.All(books.SinkByAddress().Where(mails => mails.Key.StartsWith("half.", StringComparison.Ordinal)), mails => Assert.Single(mails));
            await Eventually.ThatAsync("end of the alarm", () => books.Scalar(WaitsSql, $"file/{Id(books, file)}") == 0, silo);
            Assert.Equal("the list was cleaned", books.Text("SELECT reason FROM audit WHERE action = 'file.approve' AND done = 1"));
        }
    }

    [Fact]
    public async Task Discarded_or_replaced_it_leaves_nothing()
    {
        using var installation = await Installation.CreateAsync(import: """, "guards": {}""");
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = await HeldAsync(installation, silo);
        (await installation.RunAsync("files", "discard", Id(books, file), "--yes")).Succeeded();
        Assert.Equal(FileState.Discarded, books.StateOf(file));

        var other = installation.Drop(People().Select(row => row.Replace("half.", "other.", StringComparison.Ordinal)));
        await Eventually.ThatAsync("file that waits", () => books.StateOf(other) == FileState.AwaitingApproval, silo);
        var corrected = installation.Aside("corrected.csv", Installation.FileOf(Enumerable.Range(0, Before).Select(i => Installation.Row($"right.{i}@example.org", wave: 504))));
        (await installation.RunAsync("files", "replace", Id(books, other), corrected)).Succeeded();
        await Eventually.ThatAsync("end of the corrected file", () => books.IsFinished(other), silo);

        Assert.Equal(2 * Before, books.Sink().Count);
        Assert.DoesNotContain(books.SinkByAddress(), mails => mails.Key.StartsWith("half.", StringComparison.Ordinal) || mails.Key.StartsWith("other.", StringComparison.Ordinal));
        Assert.Equal(2 * Before, books.Scalar("SELECT COUNT(*) FROM recipient"));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM mailing WHERE state = 0"));
        Assert.Empty(Directory.EnumerateFiles(installation.Folder("processing")));
    }

    /// <summary>A file that is sent, and one with so many fewer people that it waits.</summary>
    private static async Task<string> HeldAsync(Installation installation, SiloProcess silo)
    {
        var books = installation.Books;
        var first = installation.Drop(Enumerable.Range(0, Before).Select(i => Installation.Row($"reader.{i}@example.org")));
        await Eventually.ThatAsync("end of the first file", () => books.IsFinished(first), silo);
        var file = installation.Drop(People());
        await Eventually.ThatAsync("file that waits", () => books.StateOf(file) == FileState.AwaitingApproval, silo);
        Assert.Equal(Before, books.Sink().Count);
        Assert.Equal($"rows: -37.5 % recipients against {first}; ±{(installation.Settings.Count > 0 ? 20 : 30)} % is allowed", MessageOf(books, file));
        Assert.Equal(1, books.Scalar("SELECT COUNT(*) FROM mailing WHERE state <> 0"));
        return file;
    }

    private static IEnumerable<string> People() => Enumerable.Range(0, Rows).Select(i => Installation.Row($"half.{i}@example.org", wave: 502));

    private static string MessageOf(Books books, string file) => books.Text("SELECT message FROM inbound_file WHERE file_id = $1", books.FileId(file));

    private static string Id(Books books, string file) => books.FileId(file).ToString(CultureInfo.InvariantCulture);
}

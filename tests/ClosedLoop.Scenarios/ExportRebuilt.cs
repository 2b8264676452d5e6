using System.Globalization;
using System.Net;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>What a run says is decided by its cut-off: written again later, with more known, it has the same bytes.</summary>
public sealed class ExportRebuilt
{
    private const string Agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

    [Fact]
    public async Task Written_again_the_files_have_the_same_bytes_whatever_came_after()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop([.. Enumerable.Range(0, 20).Select(i => Installation.Row($"reader.{i}@example.org")), Installation.Row("hard.1@example.org"), Installation.Row("nobody")]);
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        await ReactAsync(installation, silo, "reader.1@example.org");
        var first = await installation.ExportAsync(silo);
        Assert.Equal(21, first.Rows("mailingrecipients").Count);
        Assert.Equal(2, first.Rows("clicks").Count);
        Assert.Single(first.Rows("opens"));
        Assert.Single(first.Rows("unsubscribes"));
        Assert.Single(first.Rows("responses"));

        await ReactAsync(installation, silo, "reader.2@example.org");
        var later = installation.Drop([Installation.Row("hard.2@example.org"), Installation.Row("full.3@example.org"), Installation.Row("reader.1@example.org"), Installation.Row("reader.3@example.org")]);
        await Eventually.ThatAsync("end of the second mailing", () => books.IsFinished(later), silo);
        var second = await installation.ExportAsync(silo);
        Assert.Equal(2, second.Rows("clicks").Count);
        Assert.Equal(2, second.Rows("responses").Count);

        await AssertRebuiltAsync(installation, first, "while-running");
        await silo.TerminateAsync();
        await AssertRebuiltAsync(installation, first, "stopped");
        await AssertRebuiltAsync(installation, second, "stopped");
        books.AssertBalance(file, rows: 22);
        books.AssertBalance(later, rows: 4);
    }

    [Fact]
    public async Task A_difference_is_told_by_the_exit_code()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var file = installation.Drop([Installation.Row("a@example.org")]);
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), silo);
        var run = await installation.ExportAsync(silo);
        await silo.TerminateAsync();

        installation.Books.Tamper("UPDATE recipient SET address = 'z@example.org'");

        var rebuild = await installation.RunAsync("export", "rebuild", run.RunId.ToString(CultureInfo.InvariantCulture), Path.Combine(installation.Data, "again"));
        Assert.Equal(6, rebuild.ExitCode);
        Assert.Contains("DIFFERENT", rebuild.Output, StringComparison.Ordinal);
    }

    /// <summary>Opens, clicks both links and unsubscribes; returns when the database has it.</summary>
    private static async Task ReactAsync(Installation installation, SiloProcess silo, string address)
    {
        var before = installation.Books.Scalar("SELECT COUNT(*) FROM event");
        var mail = ReceivedMail.Of(installation.Books, address);
        using var open = await silo.SendAsync(HttpMethod.Get, mail.Pixel, agent: Agent);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        foreach (var link in mail.Links)
        {
            using var click = await silo.SendAsync(HttpMethod.Get, link, agent: Agent);
            Assert.Equal(HttpStatusCode.Found, click.StatusCode);
        }

        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var unsubscribe = await silo.SendAsync(HttpMethod.Post, mail.Unsubscribe, oneClick, Agent);
        Assert.Equal(HttpStatusCode.OK, unsubscribe.StatusCode);
        await Eventually.ThatAsync("events in the database", () => installation.Books.Scalar("SELECT COUNT(*) FROM event") == before + 2 + mail.Links.Count, silo);
    }

    private static async Task AssertRebuiltAsync(Installation installation, ExportedRun run, string name)
    {
        var folder = Path.Combine(installation.Data, "rebuilt", name, run.RunId.ToString(CultureInfo.InvariantCulture));
        var rebuild = await installation.RunAsync("export", "rebuild", run.RunId.ToString(CultureInfo.InvariantCulture), folder, "--json");
        Assert.True(rebuild.Succeeded().Json().GetProperty("identical").GetBoolean());
        Assert.Equal(run.Paths.Values.Select(Path.GetFileName).Order(), Directory.EnumerateFiles(folder, "*.csv").Select(Path.GetFileName).Order());
        foreach (var path in run.Paths.Values)
            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(path)))), $"{path} was rebuilt with other bytes");
        foreach (var path in new[] { folder, Path.GetDirectoryName(run.Paths.Values.First())! })
            Assert.True((await CommandResult.OfAsync("export", "verify", path, "--json")).Succeeded().Json().GetProperty("ok").GetBoolean());
    }
}

using System.Net;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>What readers do with the links of a message, and what it means for the next one.</summary>
public sealed class Suppressed
{
    private const string Leaver = "leaver@example.org";
    private const string Scanned = "scanned@example.org";
    private const string Reader = "reader@example.org";
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private static readonly string[] Rows = [Installation.Row(Leaver), Installation.Row(Scanned), Installation.Row(Reader)];

    [Fact]
    public async Task Only_a_post_unsubscribes_and_the_next_mailing_leaves_that_person_out()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var first = installation.Drop(Rows);
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(first), silo);

        // A scanner follows every link by GET or HEAD, the unsubscribe link too.
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, method, ReceivedMail.Of(books, Scanned).Unsubscribe));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, HttpMethod.Post, ReceivedMail.Of(books, Leaver).Unsubscribe));
        await Eventually.ThatAsync("unsubscribe in the database", () => books.Scalar("SELECT COUNT(*) FROM suppression") > 0, silo);

        var second = installation.Drop([.. Rows, Installation.Row("new@example.org")]);
        await Eventually.ThatAsync("end of the second mailing", () => books.IsFinished(second), silo);

        var ledger = books.AssertBalance(second, rows: 4);
        Assert.Equal(RecipientState.Suppressed, ledger[Leaver]);
        Assert.Equal(RecipientState.Sent, ledger[Scanned]);
        var sink = books.SinkByAddress();
        Assert.Single(sink[Leaver]);
        Assert.Equal(2, sink[Scanned].Count());
        Assert.Equal(2, sink[Reader].Count());
        var export = await installation.ExportAsync(silo);
        Assert.Equal(Leaver, Assert.Single(export.Rows("unsubscribes"))["userId"]);
    }

    [Fact]
    public async Task A_click_goes_where_the_letter_said_and_an_altered_token_nowhere()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop(Rows);
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        var mail = ReceivedMail.Of(books, Reader);

        for (var i = 0; i < SampleDefinitions.Targets.Count; i++)
        {
            using var click = await silo.SendAsync(HttpMethod.Get, mail.Links[i], agent: Agent);
            Assert.Equal(HttpStatusCode.Found, click.StatusCode);
            Assert.Equal(SampleDefinitions.Targets[i], click.Headers.GetValues("Location").Single());
        }

        foreach (var altered in mail.Links.Append(mail.Unsubscribe).Append(mail.Pixel).SelectMany(Alterations))
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(silo, HttpMethod.Get, altered));
        foreach (var altered in Alterations(mail.Unsubscribe))
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(silo, HttpMethod.Post, altered));

        var clicks = SampleDefinitions.Targets.Count;
        await Eventually.ThatAsync("clicks in the database", () => books.Scalar("SELECT COUNT(*) FROM event") == clicks, silo);
        var export = await installation.ExportAsync(silo);
        Assert.Equal(clicks, export.Rows("clicks").Count);
        Assert.All(export.Rows("clicks"), click => Assert.Equal(Reader, click["userId"]));
        Assert.Empty(export.Rows("unsubscribes"));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM suppression"));
        books.AssertBalance(file, rows: 3);
    }

    /// <summary>The token with one character changed, near its begin, its middle and its end.</summary>
    private static IEnumerable<string> Alterations(string url)
    {
        var start = url.LastIndexOf('/') + 1;
        var length = url.Length - start - (url.EndsWith(".gif", StringComparison.Ordinal) ? 4 : 0);
        foreach (var at in new[] { start + 1, start + (length / 2), start + length - 2 })
            yield return string.Concat(url.AsSpan(0, at), url[at] is 'A' or 'a' ? "B" : "A", url.AsSpan(at + 1));
    }

    private static async Task<HttpStatusCode> StatusAsync(SiloProcess silo, HttpMethod method, string url)
    {
        using var body = method == HttpMethod.Post ? new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]) : null;
        using var response = await silo.SendAsync(method, url, body, Agent);
        return response.StatusCode;
    }
}

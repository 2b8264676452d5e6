using System.Net;

namespace ClosedLoop.Scenarios;

/// <summary>What counts as an open or a click, and of whom nothing is kept (closed-loop spec section 11).</summary>
public sealed class Tracked
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    /// <summary>Acceptance test 10.</summary>
    [Trait("Acceptance", "10")]
    [Fact]
    public async Task Two_clicks_are_two_rows_a_proxy_opens_by_itself_and_nothing_is_kept_of_who_objects()
    {
        using var installation = await Installation.CreateAsync();
        installation.Settings.Add("Tracking:MppRangesFile=" + installation.Aside("apple.csv", "127.0.0.0/8\n"u8.ToArray()));
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop([Installation.Row("reader@example.org"), Installation.Row("apple@example.org"), Installation.Row("private@example.org")]);
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        (await installation.RunAsync("untracked", "add", "Private@example.org", "--client", "demo", "--reason", "asked for it")).Succeeded();
        Assert.Contains("asked for it", (await installation.RunAsync("untracked", "ls", "--client", "demo")).Succeeded().Output, StringComparison.Ordinal);

        var reader = ReceivedMail.Of(books, "reader@example.org");
        var untracked = ReceivedMail.Of(books, "private@example.org");
        foreach (var agent in new[] { Firefox, Firefox })
        {
            Assert.Equal(HttpStatusCode.Found, await GetAsync(silo, reader.Links[0], agent));
            Assert.Equal(HttpStatusCode.Found, await GetAsync(silo, untracked.Links[0], agent));
        }

        Assert.Equal(HttpStatusCode.OK, await GetAsync(silo, reader.Pixel, Firefox));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(silo, untracked.Pixel, Firefox));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(silo, ReceivedMail.Of(books, "apple@example.org").Pixel, "Mozilla/5.0"));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(silo, reader.Links[0][..^3] + "AAA", Firefox));
        await Eventually.ThatAsync("events in the database", () => books.Scalar("SELECT COUNT(*) FROM event") == 4, silo);

        // Whoever objects can still leave.
        using var post = await silo.SendAsync(HttpMethod.Post, untracked.Unsubscribe, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.OK, post.StatusCode);
        await Eventually.ThatAsync("unsubscribe in the database", () => books.Scalar("SELECT COUNT(*) FROM event") == 5, silo);

        var export = await installation.ExportAsync(silo);
        Assert.Equal(["reader@example.org", "reader@example.org"], export.Rows("clicks").Select(row => row["userId"]));
        Assert.Equal("reader@example.org", Assert.Single(export.Rows("opens"))["userId"]);
        Assert.Equal("apple@example.org", Assert.Single(export.Rows("automated_opens"))["userId"]);
        Assert.Equal("private@example.org", Assert.Single(export.Rows("unsubscribes"))["userId"]);
    }

    private static async Task<HttpStatusCode> GetAsync(SiloProcess silo, string url, string agent)
    {
        using var response = await silo.SendAsync(HttpMethod.Get, url, agent: agent);
        return response.StatusCode;
    }
}

using System.Text;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Scenarios;

/// <summary>Content that differs between recipients comes from the customer's server when the mailing is sent (closed-loop spec sections 8, 10; acceptance tests 7 and 9).</summary>
public sealed class FetchedContent
{
    private static MimeMessage MessageTo(Books books, string address) =>
        MimeMessage.Parse(SinkLedger.ReadMessage(books.SinkLedgerPath, Assert.Single(books.SinkByAddress()[address])));

    private static string ReasonOf(Books books, string address) =>
        books.Text("SELECT COALESCE(l.reason, '') FROM ledger l JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence WHERE r.address = $1", address);

    [Trait("Acceptance", "7")]
    [Trait("Acceptance", "9")]
    [Fact]
    public async Task One_recipient_s_content_costs_that_recipient_the_mail_and_the_links_that_were_sent_are_exported()
    {
        var busy = 0;
        await using var server = await ContentServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            var path = context.Request.Path.Value;
            switch (path)
            {
                case "/teaser/slow":
                    await Task.Delay(700);
                    await context.Response.WriteAsync("<p>slow <script>x</script>{{ city }}</p>");
                    break;
                case "/teaser/missing":
                    context.Response.StatusCode = 404;
                    break;
                case "/teaser/busy" when Interlocked.Increment(ref busy) == 1:
                    context.Response.StatusCode = 503;
                    break;
                case "/teaser/loop":
                    context.Response.Redirect("/teaser/loop");
                    break;
                case "/teaser/large":
                    await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(new string('x', (256 * 1024) + 1)));
                    break;
                case "/teaser/type":
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync("{}");
                    break;
                case "/coupon":
                    context.Response.ContentType = "text/plain";
                    await context.Response.WriteAsync("https://shop.example.org/coupon" + context.Request.QueryString + "\n");
                    break;
                case "/invoice.pdf":
                    context.Response.ContentType = "application/pdf";
                    await context.Response.WriteAsync("%PDF-1.7");
                    break;
                default:
                    await context.Response.WriteAsync("<b>" + path + "</b>");
                    break;
            }
        });
        using var installation = await Installation.CreateAsync();
        await ContentDefinitions.ApplyAsync(installation);
        installation.Settings.AddRange(server.Settings);
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop(
        [
            ContentDefinitions.Row("anna@example.org", server.Url("/teaser/slow"), server.Url("/coupon?for={city}"), server.Url("/invoice.pdf"), city: "Bad Ems"),
            ContentDefinitions.Row("again@example.org", server.Url("/teaser/busy")),
            ContentDefinitions.Row("plain@example.org"),
            ContentDefinitions.Row("missing@example.org", server.Url("/teaser/missing")),
            ContentDefinitions.Row("loop@example.org", server.Url("/teaser/loop")),
            ContentDefinitions.Row("inside@example.org", server.Url("/inside", host: "127.0.0.2")),
            ContentDefinitions.Row("large@example.org", server.Url("/teaser/large")),
            ContentDefinitions.Row("type@example.org", server.Url("/teaser/type")),
            ContentDefinitions.Row("stranger@example.org", shop: "ceo@bank.example"),
        ]);
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);

        var ledger = books.AssertBalance(file, rows: 9);
        Assert.Equal(["again@example.org", "anna@example.org", "plain@example.org"], ledger.Where(each => each.Value == RecipientState.Sent).Select(each => each.Key).Order(StringComparer.Ordinal));
        foreach (var (who, word) in new[] { ("missing", "Status"), ("loop", "RedirectRefused"), ("inside", "InsideRefused"), ("large", "TooLarge"), ("type", "TypeRefused"), ("stranger", "CL2703") })
        {
            Assert.StartsWith($"L604 {word}:", ReasonOf(books, who + "@example.org"), StringComparison.Ordinal);
        }

        Assert.False(server.WasAskedAt("127.0.0.2"));
        Assert.Equal((1, 2), (server.Hits("/teaser/missing"), server.Hits("/teaser/busy")));
        AssertMessage(MessageTo(books, "anna@example.org"));
        Assert.DoesNotContain("https://shop.example.org/more", MessageTo(books, "plain@example.org").HtmlBody, StringComparison.Ordinal);
        await AssertLinksAsync(installation, silo);
    }

    private static void AssertMessage(MimeMessage message)
    {
        Assert.Equal(("Shop Bad Ems <gent@shops.example.org>", "answers@example.net"), (message.Headers["From"], message.Headers["Reply-To"]));
        Assert.Contains("<p>slow {{ city }}</p>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("slow {{ city }}", message.TextBody, StringComparison.Ordinal);
        var logo = Assert.Single(message.Root.SelfAndDescendants, part => part.ContentType.Is("image/png"));
        Assert.Equal(ContentDefinitions.Logo, logo.DecodeBytes());
        Assert.Contains($"src=\"cid:{logo.Headers["Content-ID"]!.Trim('<', '>')}\"", message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("%PDF-1.7", Encoding.ASCII.GetString(Assert.Single(message.Root.SelfAndDescendants, part => part.ContentType.Is("application/pdf")).DecodeBytes()));
        Assert.Contains(message.Root.SelfAndDescendants, part => part.Headers.Find("Content-Disposition")?.RawValue.Contains("terms.txt", StringComparison.Ordinal) == true);
    }

    /// <summary>The target that only the server knew is in the response files, and the link leads there.</summary>
    private static async Task AssertLinksAsync(Installation installation, SiloProcess silo)
    {
        const string Target = "https://shop.example.org/coupon?for=Bad%20Ems";
        var links = ReceivedMail.Of(installation.Books, "anna@example.org").Links;
        Assert.Equal(2, links.Count);
        using var answer = await silo.SendAsync(HttpMethod.Get, new Uri(links[1]).PathAndQuery, agent: "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0");
        Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(Target, answer.Headers.Location!.OriginalString);
        var run = await installation.ExportAsync(silo);
        Assert.Contains(run.Rows("links"), row => row["name"] == "Coupon" && row["url"] == Target);
        Assert.Equal(2, run.Rows("links").Count(row => row["name"] == "More"));
    }

    [Trait("Acceptance", "9")]
    [Fact]
    public async Task An_address_that_all_share_pauses_the_mailing_until_an_operator_resumes_it()
    {
        var asked = 0;
        await using var server = await ContentServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            if (Interlocked.Increment(ref asked) == 1) context.Response.StatusCode = 404;
            else await context.Response.WriteAsync("<p>there</p>");
        });
        using var installation = await Installation.CreateAsync();
        await ContentDefinitions.ApplyAsync(installation);
        installation.Settings.AddRange(server.Settings);
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop(Enumerable.Range(0, 1_500).Select(i => ContentDefinitions.Row($"reader.{i}@example.org", server.Url("/common"))));

        await Eventually.ThatAsync("paused mailing", () => books.Scalar("SELECT COUNT(*) FROM mailing WHERE state = $1", (int)MailingState.Paused) == 1, silo);
        await Eventually.ThatAsync("notice of the pause", () => books.Sink().Any(record => record.Subject?.StartsWith("[closed-loop] PAUSED", StringComparison.Ordinal) == true), silo);
        Assert.Equal(1_500, books.CountState(RecipientState.Waiting));
        Assert.Equal(1, asked);
        await Eventually.ThatAsync("reason in the log", () => silo.Error.Contains("paused: E404 content that all recipients share cannot be had: Status", StringComparison.Ordinal), silo);

        var id = books.Text("SELECT CAST(mailing_id AS TEXT) FROM mailing");
        (await installation.RunAsync("mailings", "resume", id)).Succeeded();
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        Assert.All(books.AssertBalance(file, rows: 1_500).Values, state => Assert.Equal(RecipientState.Sent, state));
        Assert.Equal(2, asked);
    }
}

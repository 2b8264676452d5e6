using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Notices;
using ClosedLoop.Delivery.Tests.Fetching;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Delivery.Tests.Content;

/// <summary>What fails whom, and when everybody waits.</summary>
public sealed class DispatchRunTests
{
    private static readonly SourceMailing Source = DeliveryFixture.Source("<p>{{ teaser }}</p>");

    /// <summary>Answers with its path, but 404 for paths that begin with <c>/missing</c>.</summary>
    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        if (!context.Request.Path.StartsWithSegments("/missing", StringComparison.Ordinal)) return context.Response.WriteAsync(context.Request.Path);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static Dictionary<string, string>[] Rows(ContentMailing content, int count, Func<int, string> path) =>
        [.. Enumerable.Range(0, count).Select(i => content.Row(("teaser", path(i))))];

    [Fact]
    public async Task One_recipient_s_address_costs_that_recipient_the_mail()
    {
        await using var content = await ContentMailing.StartAsync(AnswerAsync);
        var mailing = await content.MailingAsync(Source, null, Rows(content, 10, i => i == 3 ? "/missing" : $"/{i}"));
        var result = await content.SendAsync(mailing);
        Assert.Null(result.Paused);
        Assert.Equal((9, 1), ((int)content.Count(mailing).Sent, (int)content.Count(mailing).Failed));
        Assert.StartsWith("L604 Status: column 'teaser': http://", ContentInMessagesTests.ReasonOf(content, mailing.MailingId, 3), StringComparison.Ordinal);
        Assert.Equal(1, content.Server.Hits("/missing"));
    }

    [Fact]
    public async Task An_address_that_all_share_pauses_the_mailing_and_a_resume_asks_anew()
    {
        var isThere = false;
        await using var content = await ContentMailing.StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            if (isThere) await context.Response.WriteAsync("now");
            else context.Response.StatusCode = 404;
        });
        var mailing = await content.MailingAsync(Source, null, Rows(content, 3, _ => "/common"));
        var result = await content.SendAsync(mailing);
        var store = content.Delivery.Get<MailingStore>();
        Assert.StartsWith("E404 content that all recipients share cannot be had: Status: column 'teaser'", result.Paused, StringComparison.Ordinal);
        Assert.Equal((3, MailingState.Paused), ((int)content.Count(mailing).Waiting, store.Find(mailing.MailingId)!.State));
        var notice = Assert.Single(content.Delivery.Get<NoticeStore>().Due(10));
        Assert.Equal(("ops@example.org", $"[closed-loop] PAUSED test {mailing.MailingId}"), (notice.Address, notice.Subject));
        Assert.Contains("reason: E404", notice.Body, StringComparison.Ordinal);
        Assert.Equal(1, content.Server.Hits("/common"));

        isThere = true;
        await store.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Paused);
        Assert.Null((await content.SendAsync(mailing)).Paused);
        Assert.Equal(3, content.Count(mailing).Sent);
        Assert.Equal(2, content.Server.Hits("/common"));
    }

    [Fact]
    public async Task A_mailing_of_one_recipient_is_no_common_address()
    {
        await using var content = await ContentMailing.StartAsync(AnswerAsync);
        var mailing = await content.MailingAsync(Source, null, Rows(content, 1, _ => "/missing"));
        Assert.Null((await content.SendAsync(mailing)).Paused);
        Assert.Equal(1, content.Count(mailing).Failed);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task More_than_the_share_of_the_first_hundred_pauses(int failing, bool pauses)
    {
        await using var content = await ContentMailing.StartAsync(AnswerAsync);
        var mailing = await content.MailingAsync(Source, null, Rows(content, 120, i => i % 20 == 0 && i / 20 < failing && i < 100 || (failing == 6 && i == 99) ? $"/missing/{i}" : $"/{i}"));
        var result = await content.SendAsync(mailing);
        var counts = content.Count(mailing);
        Assert.Equal(pauses, result.Paused is not null);
        Assert.Equal(pauses ? (0L, 0L, 120L) : (115L, 5L, 0L), (counts.Sent, counts.Failed, counts.Waiting));
        if (pauses) Assert.StartsWith("E404 content of 6 of the first 100 recipients cannot be had, more than 5", result.Paused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_asked_once_in_a_run_however_many_want_it()
    {
        await using var content = await ContentMailing.StartAsync(AnswerAsync);
        var mailing = await content.MailingAsync(Source, null, Rows(content, 150, i => i % 2 == 0 ? "/even" : "/odd"));
        await content.SendAsync(mailing);
        Assert.Equal(150, content.Count(mailing).Sent);
        Assert.Equal((1, 1), (content.Server.Hits("/even"), content.Server.Hits("/odd")));
    }

    [Fact]
    public async Task Nothing_is_asked_for_whoever_is_suppressed()
    {
        await using var content = await ContentMailing.StartAsync(AnswerAsync);
        var mailing = await content.MailingAsync(Source, null, Rows(content, 3, i => $"/{i}"));
        await content.Delivery.Get<ClosedLoop.Data.LedgerWriter>().WriteAsync(context =>
            ClosedLoop.Data.Suppression.SuppressionStore.Add(context, 9, "reader.001@a.example", ClosedLoop.Data.Suppression.SuppressionKind.Unsubscribed, "test", mailingId: null, sequence: null));
        await content.SendAsync(mailing);
        Assert.Equal((2, 1), ((int)content.Count(mailing).Sent, (int)content.Count(mailing).Suppressed));
        Assert.Equal(0, content.Server.Hits("/1"));
    }

    [Fact]
    public async Task A_server_that_fails_for_a_moment_is_asked_again()
    {
        var asked = 0;
        await using var content = await ContentMailing.StartAsync(context =>
        {
            context.Response.ContentType = "text/plain";
            if (Interlocked.Increment(ref asked) > 2) return context.Response.WriteAsync("there");
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        var mailing = await content.MailingAsync(Source, null, Rows(content, 2, _ => "/x"));
        await content.SendAsync(mailing);
        Assert.Equal((2, 3), ((int)content.Count(mailing).Sent, asked));
    }

    [Theory]
    [InlineData("http://inside.example.net:{port}/", "InsideRefused")]
    [InlineData("http://other.example.org/", "HostRefused")]
    [InlineData("http://cms.example.com:{port}/loop", "RedirectRefused")]
    [InlineData("http://cms.example.com:{port}/large", "TooLarge")]
    [InlineData("http://cms.example.com:{port}/pdf", "TypeRefused")]
    [InlineData("ftp://cms.example.com/", "SchemeRefused")]
    public async Task What_is_refused_is_refused_with_its_word(string url, string word)
    {
        await using var server = await Server.StartAsync(async context =>
        {
            context.Response.ContentType = context.Request.Path == "/pdf" ? "application/pdf" : "text/plain";
            if (context.Request.Path == "/loop") context.Response.Redirect("/loop");
            else await context.Response.Body.WriteAsync(new byte[(256 * 1024) + 1]);
        });
        var options = server.Options with
        {
            AllowPrivate = [System.Net.IPNetwork.Parse("127.0.0.1/32")],
            Resolve = (host, _) => Task.FromResult(new[] { host.StartsWith("inside", StringComparison.Ordinal) ? System.Net.IPAddress.Parse("10.0.0.1") : System.Net.IPAddress.Loopback }),
        };
        await using var delivery = DeliveryFixture.Start(fetch: options);
        await using var empty = await ContentMailing.ServingAsync([]);
        var client = empty.Client with { Content = new ContentSettings { AllowedHosts = [Server.Host, "*.example.net"] } };
        var mailing = await delivery.MailingAsync(Source, client,
            [
                new(StringComparer.Ordinal) { ["email"] = "a@a.example", ["teaser"] = url.Replace("{port}", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) },
                new(StringComparer.Ordinal) { ["email"] = "b@a.example" },
            ], []);
        await delivery.SendAsync(mailing);
        Assert.Equal((1, 1), ((int)delivery.Ledger.Count(mailing.MailingId).Sent, (int)delivery.Ledger.Count(mailing.MailingId).Failed));
        using var connection = delivery.Get<ClosedLoop.Data.Database>().OpenRead();
        using var statement = new ClosedLoop.Data.Statement(connection, "SELECT COUNT(*) FROM ledger WHERE sequence = 0 AND reason LIKE $1");
        Assert.Equal(1, statement.Scalar($"L604 {word}: column 'teaser'%"));
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Api;

/// <summary>A mailing beside its plan, and again as a test.</summary>
[Collection(ServedCollection.Name)]
public sealed class ReplayTests(ServedHere served)
{
    [Fact]
    public async Task A_replay_lies_in_the_sink_and_changes_no_number()
    {
        using var admin = served.Client(served.CommandLineToken);
        var stamp = Guid.NewGuid().ToString("N")[..8];
        var (_, mailing) = await Imports.AddAsync(served, "20300301000000_subscribers.csv", [.. Enumerable.Range(0, 10).Select(i => (string.Create(CultureInfo.InvariantCulture, $"r{i}-{stamp}@example.com"), "Ann"))]);
        var before = (served.Get<RecipientLedger>().Count(mailing.MailingId), Events());
        using var answer = await PostAsync(admin, mailing, "?recipients=3&reason=look");
        Assert.Equal("3 of 3 messages lie in the sink once more", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString());

        var box = served.Get<ISinkBox>();
        await Eventually.ThatAsync("three in the sink", () => box.Page(long.MaxValue, 10, stamp).Count == 3);
        var mails = box.Page(long.MaxValue, 10, stamp);
        Assert.Equal(["r0", "r3", "r6"], mails.Select(mail => mail.To[..2]).Order(StringComparer.Ordinal));
        foreach (var mail in mails)
        {
            var text = Encoding.UTF8.GetString(box.Raw(mail.Number)!.Value.Span);
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"X-ClosedLoop-Replay: {mailing.MailingId}."), text, StringComparison.Ordinal);
            Assert.Contains("Dear Ann", text, StringComparison.Ordinal);

            // The link itself, not one that would count as a click of the mailing.
            Assert.Contains("https://example.org/offer", text, StringComparison.Ordinal);
            Assert.DoesNotContain("/c/", text, StringComparison.Ordinal);
            Assert.DoesNotContain(string.Create(CultureInfo.InvariantCulture, $"Message-ID: <{mailing.MailingId}"), text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(before, (served.Get<RecipientLedger>().Count(mailing.MailingId), Events()));
        Assert.Equal(mailing, served.Get<MailingStore>().Find(mailing.MailingId));
        Assert.Contains(served.Get<AuditStore>().Of(string.Create(CultureInfo.InvariantCulture, $"mailing/{mailing.MailingId}"), 5), entry => entry is { Action: "mailing.replay", Reason: "look" });

        long Events() => served.Get<Tables>().Number("SELECT COUNT(*) FROM event WHERE mailing_id = $1", mailing.MailingId);
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused_with_a_code()
    {
        using var admin = served.Client(served.CommandLineToken);
        var (_, mailing) = await Imports.AddAsync(served, "20300302000000_subscribers.csv", [("x@example.com", "X")]);
        using var none = await PostAsync(admin, mailing, "?recipients=0");
        using var most = await PostAsync(admin, mailing, "?recipients=1001");
        Assert.Equal([(HttpStatusCode.BadRequest, "CL9580"), (HttpStatusCode.BadRequest, "CL9580")], [(none.StatusCode, await CodeAsync(none)), (most.StatusCode, await CodeAsync(most))]);
        await served.Get<Data.LedgerWriter>().WriteAsync(context => context.Execute("UPDATE mailing SET content_hash = NULL WHERE mailing_id = $1", mailing.MailingId));
        using var unfrozen = await PostAsync(admin, mailing, "");
        Assert.Equal((HttpStatusCode.Conflict, "CL9582"), (unfrozen.StatusCode, await CodeAsync(unfrozen)));
    }

    [Fact]
    public async Task Curve_latency_and_origin_of_a_mailing_are_told()
    {
        using var viewer = served.Client(served.CommandLineToken);
        var (file, mailing) = await Imports.AddAsync(served, "20300303000000_subscribers.csv", [.. Enumerable.Range(0, 30).Select(i => (string.Create(CultureInfo.InvariantCulture, $"c{i}@example.com"), "C"))]);
        JsonElement found = default;
        await Eventually.ThatAsync("everything counted", async () =>
        {
            found = await viewer.GetFromJsonAsync<JsonElement>(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/v1/mailings/{mailing.MailingId}"), UriKind.Relative));
            return !found.GetProperty("isCounting").GetBoolean();
        });
        var curve = found.GetProperty("curve");
        var points = curve.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal((0L, 30L), (points[0].GetProperty("settled").GetInt64(), points[^1].GetProperty("settled").GetInt64()));
        Assert.True(points.Zip(points.Skip(1)).All(pair => pair.First.GetProperty("at").GetDateTimeOffset() <= pair.Second.GetProperty("at").GetDateTimeOffset()));

        // One a second: 3 within 2 s, 15 within the half of it.
        var latency = found.GetProperty("latency");
        Assert.Equal((20L, 30L, 30L), (latency.GetProperty("medianSeconds").GetInt64(), latency.GetProperty("p95Seconds").GetInt64(), latency.GetProperty("classes").EnumerateArray().Sum(one => one.GetProperty("messages").GetInt64())));
        var made = found.GetProperty("madeOf");
        Assert.Equal((file, mailing.ContentHash, 1), (made.GetProperty("fileId").GetInt64(), made.GetProperty("contentHash").GetString(), made.GetProperty("sourceVersion").GetInt32()));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient admin, MailingRow mailing, string query) =>
        admin.PostAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/v1/mailings/{mailing.MailingId}/replay{query}"), UriKind.Relative), content: null);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}

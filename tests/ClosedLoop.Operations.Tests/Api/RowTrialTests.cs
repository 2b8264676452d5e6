using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Api;

/// <summary>What rows of a file become, in the sink, to be looked at.</summary>
[Collection(ServedCollection.Name)]
public sealed class RowTrialTests(ServedHere served)
{
    [Fact]
    public async Task Rows_lie_in_the_sink_as_a_test_and_no_number_changes()
    {
        using var admin = served.Client(served.CommandLineToken);
        var stamp = Stamp();
        var (file, mailing) = await Imports.AddAsync(served, "20300310000000_subscribers.csv", [.. Enumerable.Range(0, 5).Select(i => (string.Create(CultureInfo.InvariantCulture, $"t{i}-{stamp}@example.com"), "Ann"))]);
        var before = (served.Get<RecipientLedger>().Count(mailing.MailingId), Events());

        // Row 4 and whatever comes after it, of which there is one.
        Assert.Equal("2 of 2 messages lie in the sink as a test", (await PostAsync(admin, file, 4, "?rows=10&reason=look")).GetProperty("text").GetString());
        var box = served.Get<ISinkBox>();
        await Eventually.ThatAsync("two in the sink", () => box.Page(long.MaxValue, 10, stamp).Count == 2);
        var mails = box.Page(long.MaxValue, 10, stamp);
        Assert.Equal(["t3", "t4"], mails.Select(mail => mail.To[..2]).Order(StringComparer.Ordinal));
        var text = Encoding.UTF8.GetString(box.Raw(mails.Single(mail => mail.To.StartsWith("t4", StringComparison.Ordinal)).Number)!.Value.Span);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"X-ClosedLoop-Replay: file/{file}/row/5\r\n"), text, StringComparison.Ordinal);
        Assert.Contains("https://example.org/offer", text, StringComparison.Ordinal);
        Assert.DoesNotContain(mailing.MailingId.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal);

        Assert.Equal(before, (served.Get<RecipientLedger>().Count(mailing.MailingId), Events()));
        Assert.Equal(mailing, served.Get<MailingStore>().Find(mailing.MailingId));
        Assert.Contains(served.Get<AuditStore>().Of(string.Create(CultureInfo.InvariantCulture, $"file/{file}"), 5), entry => entry is { Action: "file.test", Reason: "look" });

        long Events() => served.Get<Tables>().Number("SELECT COUNT(*) FROM event WHERE mailing_id = $1", mailing.MailingId);
    }

    [Fact]
    public async Task A_row_of_a_file_that_nobody_has_let_go_is_tried_by_the_source_mailing_as_it_is_now_from_the_dashboard()
    {
        var stamp = Stamp();
        var (file, mailing) = await Imports.AddAsync(served, "20300311000000_subscribers.csv", [($"u0-{stamp}@example.com", "Hal"), ($"u1-{stamp}@example.com", "Hel")]);
        await served.Get<LedgerWriter>().WriteAsync(context =>
        {
            context.Execute("UPDATE mailing SET state = 0, accepted = 0, content_hash = NULL, source_id = $2 WHERE mailing_id = $1", mailing.MailingId, Installation.Source);
            context.Execute("UPDATE inbound_file SET state = 8, imported = 0 WHERE file_id = $1", file);
        });
        using var browser = await served.SignedInAsync();
        var path = string.Create(CultureInfo.InvariantCulture, $"/files/{file}?row=2");
        using var page = await browser.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Contains("Send test of rows", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var pressed = await browser.PostAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/files/{file}/rows/2/replay"), UriKind.Relative), await FormText.OfAsync(page, ("rows", "1"), ("back", path)));
        Assert.Equal(HttpStatusCode.Redirect, pressed.StatusCode);
        Assert.Contains("1 of 1 messages lie in the sink as a test", await browser.GetStringAsync(new Uri(path, UriKind.Relative)), StringComparison.Ordinal);
        await Eventually.ThatAsync("one in the sink", () => served.Get<ISinkBox>().Page(long.MaxValue, 10, stamp) is [{ To: var to }] && to.StartsWith("u1", StringComparison.Ordinal));
        Assert.Equal(MailingStateOf(mailing), (0, 0));

        (int, long) MailingStateOf(MailingRow row) => served.Get<MailingStore>().Find(row.MailingId) is { } found ? ((int)found.State, found.Accepted) : default;
    }

    [Fact]
    public async Task What_cannot_be_tried_is_refused_with_a_code()
    {
        using var admin = served.Client(served.CommandLineToken);
        var (file, mailing) = await Imports.AddAsync(served, "20300312000000_subscribers.csv", [("x@example.com", "X"), ("y@example.com", "Y")]);
        Assert.Equal("CL9580", await CodeAsync(1, "?rows=0"));
        Assert.Equal("CL9580", await CodeAsync(1, "?rows=1001"));
        Assert.Equal("CL9509", await CodeAsync(3, ""));
        Assert.Equal("CL9509", await CodeAsync(0, "?rows=2"));
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute("UPDATE mailing SET content_hash = NULL, source_id = 4711 WHERE mailing_id = $1", mailing.MailingId));
        Assert.Equal("CL9582", await CodeAsync(1, ""));

        async Task<string?> CodeAsync(long row, string query) => (await PostAsync(admin, file, row, query)).GetProperty("code").GetString();
    }

    private static string Stamp() => Guid.NewGuid().ToString("N")[..8];

    private static async Task<JsonElement> PostAsync(HttpClient client, long file, long row, string query)
    {
        using var answer = await client.PostAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/v1/files/{file}/rows/{row}/replay{query}"), UriKind.Relative), content: null);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Responses;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;
using ClosedLoop.Responses.Inbound;

namespace ClosedLoop.Operations.Tests.Api;

/// <summary>What an operator decides after a mailing: who is tried again, and what came back.</summary>
[Collection(ServedCollection.Name)]
public sealed class SecondTryTests(ServedHere served)
{
    [Fact]
    public async Task Failed_recipients_are_tried_again_and_nobody_else_and_it_is_written_down()
    {
        using var admin = served.Client(served.CommandLineToken);
        var mailing = await FinishedAsync(3);
        await served.Get<LedgerWriter>().WriteAsync(context =>
        {
            context.Execute("UPDATE ledger SET state = 3, reason = 'retry time over' WHERE mailing_id = $1 AND sequence > 0", mailing.MailingId);
            ResponseStore.Add(context, mailing.ClientId, mailing.MailingId, 2, Address(mailing, 2), ResponseCategory.FatalBounce, 1, "smtp", null);
        });
        using var silent = await PostAsync(admin, mailing, new { });
        Assert.Equal((HttpStatusCode.BadRequest, "CL9570"), (silent.StatusCode, await CodeAsync(silent)));

        using var answer = await PostAsync(admin, mailing, new { reason = "relay repaired" });
        Assert.Equal("""{"recipients":1}""", await answer.Content.ReadAsStringAsync());
        await Eventually.ThatAsync("second try ended", () => served.Get<MailingStore>().Find(mailing.MailingId)!.State == MailingState.Finished);
        var counts = served.Get<RecipientLedger>().Count(mailing.MailingId);
        Assert.Equal((2L, 1L, 3L), (counts.Sent, counts.Failed, counts.Total));
        var entry = served.Get<AuditStore>().Of(FormattableString.Invariant($"mailing/{mailing.MailingId}"), 10).First(found => found.Action == "mailing.retry");
        Assert.Equal(("relay repaired", true), (entry.Reason, entry.Done));
        Assert.NotEqual(entry.Before, entry.After);

        // The one who was refused for good only when asked for.
        using var nobody = await PostAsync(admin, mailing, new { reason = "again" });
        Assert.Equal("""{"recipients":0}""", await nobody.Content.ReadAsStringAsync());
        using var refused = await PostAsync(admin, mailing, new { reason = "address was made", refused = true });
        Assert.Equal("""{"recipients":1}""", await refused.Content.ReadAsStringAsync());
        await Eventually.ThatAsync("third try ended", () => served.Get<MailingStore>().Find(mailing.MailingId)!.State == MailingState.Finished);
        Assert.Equal(3, served.Get<RecipientLedger>().Count(mailing.MailingId).Sent);
    }

    [Fact]
    public async Task A_mailing_that_is_not_finished_is_not_tried_again()
    {
        using var admin = served.Client(served.CommandLineToken);
        var mailing = await FinishedAsync(1);
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute("UPDATE mailing SET state = 4 WHERE mailing_id = $1", mailing.MailingId));
        using var answer = await PostAsync(admin, mailing, new { reason = "why not" });
        Assert.Equal((HttpStatusCode.Conflict, "CL9571"), (answer.StatusCode, await CodeAsync(answer)));
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute("UPDATE mailing SET state = 6 WHERE mailing_id = $1", mailing.MailingId));
    }

    [Fact]
    public async Task A_mail_from_the_tray_is_bound_and_read_otherwise_and_the_counters_follow()
    {
        using var admin = served.Client(served.CommandLineToken);
        var mailing = await FinishedAsync(1);
        var receipt = await served.Get<InboundMailbox>().AcceptAsync("test", sourceKey: null, Encoding.ASCII.GetBytes($"From: x@example.net\r\nSubject: lost {Guid.NewGuid()}\r\n\r\nmailbox gone\r\n"));
        Assert.Equal(InboundOutcome.Unmatched, receipt.Outcome);
        var path = new Uri(FormattableString.Invariant($"/api/v1/responses/unmatched/{receipt.Id}/bind"), UriKind.Relative);
        using var nowhere = await admin.PostAsJsonAsync(path, new { message = "1.1", @as = "hard", reason = "by the text" });
        Assert.Equal("CL9572", await CodeAsync(nowhere));
        using var bound = await admin.PostAsJsonAsync(path, new { message = FormattableString.Invariant($"<{mailing.MailingId}.0@example.org>"), @as = "hard", reason = "by the text" });
        Assert.Contains("\"done\":true", await bound.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((1, 0), served.Get<BounceCounters>().Find(mailing.ClientId, Address(mailing, 0)));

        var listed = (await admin.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/responses", UriKind.Relative))).GetProperty("items").EnumerateArray().First(row => row.GetProperty("mailing").GetInt64() == mailing.MailingId);
        Assert.Equal("hard bounce", listed.GetProperty("category").GetString());
        var name = FormattableString.Invariant($"{mailing.MailingId}/0/{listed.GetProperty("ordinal").GetInt32()}");
        using var read = await admin.PostAsJsonAsync(new Uri($"/api/v1/responses/{name}/classify", UriKind.Relative), new { @as = "auto-reply", reason = "out of office" });
        Assert.Contains("\"done\":true", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((0, 0), served.Get<BounceCounters>().Find(mailing.ClientId, Address(mailing, 0)));
        var entry = served.Get<AuditStore>().Of("response/" + name.Replace('/', '.'), 1).Single();
        Assert.Contains("\"hard\":1", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"hard\":0", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recipient_of_a_mail_in_the_sink_is_played_by_the_real_paths()
    {
        using var admin = served.Client(served.CommandLineToken);
        var mailing = await FinishedAsync(1);
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute("UPDATE ledger SET state = 3 WHERE mailing_id = $1", mailing.MailingId));
        (await PostAsync(admin, mailing, new { reason = "to the sink" })).EnsureSuccessStatusCode();
        await Eventually.ThatAsync("mail in the sink", () => served.Get<ISinkBox>().Page(long.MaxValue, 1, Address(mailing, 0)).Count == 1);
        var number = served.Get<ISinkBox>().Page(long.MaxValue, 1, Address(mailing, 0))[0].Number;
        foreach (var (deed, category) in new[] { ("bounce", ResponseCategory.FatalBounce), ("out-of-office", ResponseCategory.Autoresponder) })
        {
            using var answer = await ActAsync(admin, number, deed);
            Assert.Contains("\"done\":true", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await Eventually.ThatAsync(deed, () => served.Get<ResponsesReader>().Latest(mailing.ClientId, 100).Any(line => line.MailingId == mailing.MailingId && line.Category == category));
        }

        using var spam = await ActAsync(admin, number, "spam");
        await Eventually.ThatAsync("complaint", () => served.Get<Tables>().Number("SELECT COUNT(*) FROM suppression WHERE address = $1 AND reason = 'complaint'", Address(mailing, 0)) == 1);
        using var click = await ActAsync(admin, number, "click");
        Assert.Contains("no tracked link", await click.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unknown = await ActAsync(admin, number, "print");
        Assert.Equal("CL9574", await CodeAsync(unknown));
    }

    private static Task<HttpResponseMessage> ActAsync(HttpClient admin, long number, string deed) =>
        admin.PostAsync(new Uri(FormattableString.Invariant($"/api/v1/sink/{number}/act?deed={deed}&reason=test"), UriKind.Relative), content: null);

    private static string Address(MailingRow mailing, int sequence) => FormattableString.Invariant($"s{mailing.MailingId}-{sequence}@example.com");

    private static async Task<HttpResponseMessage> PostAsync(HttpClient admin, MailingRow mailing, object body) =>
        await admin.PostAsJsonAsync(new Uri(FormattableString.Invariant($"/api/v1/mailings/{mailing.MailingId}/retry-failed"), UriKind.Relative), body);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    /// <summary>A mailing of which everybody was sent to, a moment ago.</summary>
    private async Task<MailingRow> FinishedAsync(int recipients)
    {
        var client = served.Get<DefinitionStore>().FindClient("demo")!;
        var store = served.Get<MailingStore>();
        var file = 1_000_000L + Random.Shared.Next(1_000_000);
        var row = await store.CreateAsync(new NewMailing { ClientId = client.Value.Id, ClientVersion = client.Version, SourceId = 77, SourceVersion = 1, FileId = file, Name = "second try" });
        await served.Get<RecipientLedger>().ImportAsync(row.MailingId, 0, [.. Enumerable.Range(0, recipients).Select(i => new ImportedRecipient(Address(row, i), [0]))]);
        await served.Get<LedgerWriter>().WriteAsync(context => RecipientLedger.Publish(context, file));
        await store.FreezeAsync(row.MailingId, new FrozenMailing
        {
            Source = new SourceMailing { Id = 77, ClientId = client.Value.Id, Name = "second try", Subject = "x", Text = "x" },
            Sender = client.Value.Sender,
            List = ListDefinition.Default,
        });
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
        await served.Get<LedgerWriter>().WriteAsync(context =>
        {
            context.Execute("UPDATE ledger SET state = 2, attempt = 1, done_at = $2, recorded = $3 WHERE mailing_id = $1", row.MailingId, now, context.Stamp);
            context.Execute("UPDATE mailing SET state = 5, started_at = $2, started_recorded = $3, finished_at = $2, finished_recorded = $3 WHERE mailing_id = $1", row.MailingId, now, context.Stamp);
        });
        return store.Find(row.MailingId)!;
    }
}

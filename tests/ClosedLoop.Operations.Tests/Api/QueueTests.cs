using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Api;

/// <summary>What waits for which domain, trying it now, and what the law lets a person ask for.</summary>
[Collection(ServedCollection.Name)]
public sealed class QueueTests(ServedHere served)
{
    [Fact]
    public async Task A_domain_tells_who_waits_until_when_and_what_was_said_and_can_be_tried_now()
    {
        using var admin = served.Client(served.CommandLineToken);
        var (_, mailing) = await Imports.AddAsync(served, "20300401000000_subscribers.csv", [("a@later.test", "A"), ("b@later.test", "B"), ("c@notlater.test", "C"), ("d@gone.test", "D")], MailingState.Paused);
        var due = TimeProvider.System.NowMicroseconds() + 3_600_000_000;
        await served.Get<LedgerWriter>().WriteAsync(context =>
        {
            context.Execute("UPDATE ledger SET due_at = $2, reply_code = 451, reason = '451 try later', recorded = $3 WHERE mailing_id = $1 AND sequence <> 3", mailing.MailingId, due, context.Stamp);
            context.Execute("UPDATE ledger SET state = 3, reply_code = 550, reason = '550 no such user', recorded = $2, done_at = 1 WHERE mailing_id = $1 AND sequence = 3", mailing.MailingId, context.Stamp);
        });
        var later = await LineAsync(admin, "later.test");
        Assert.Equal((0L, 2L, 2L, "451 try later"), (Long(later, "ready"), Long(later, "delayed"), Long(later, "temporary"), later.GetProperty("lastError").GetString()));
        Assert.Equal(Instants.FromMicroseconds(due), later.GetProperty("delayedUntil").GetDateTimeOffset());
        var gone = await LineAsync(admin, "gone.test");
        Assert.Equal((1L, "550 no such user"), (Long(gone, "permanent"), gone.GetProperty("lastError").GetString()));

        // A mailing that stands still keeps its times; one that is being sent is tried, and only the domain that was named.
        using var paused = await admin.PostAsync(new Uri("/api/v1/clients/demo/lanes/flush?domain=later.test", UriKind.Relative), content: null);
        Assert.Contains("nobody waits", await paused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute("UPDATE mailing SET state = 3 WHERE mailing_id = $1", mailing.MailingId));
        using var answer = await admin.PostAsync(new Uri("/api/v1/clients/demo/lanes/flush?domain=later.test", UriKind.Relative), content: null);
        Assert.Contains("2 recipients are tried now", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, served.Get<Tables>().Number("SELECT COUNT(*) FROM ledger WHERE mailing_id = $1 AND due_at = $2", mailing.MailingId, due));
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute("UPDATE mailing SET state = 6 WHERE mailing_id = $1", mailing.MailingId));
    }

    [Fact]
    public async Task A_person_is_handed_out_and_erased_and_the_audit_does_not_say_whom()
    {
        using var admin = served.Client(served.CommandLineToken);
        var person = string.Create(CultureInfo.InvariantCulture, $"vera-{Guid.NewGuid():N}@example.com");
        await Imports.AddAsync(served, "20300402000000_subscribers.csv", [(person, "Vera")]);
        using var export = await admin.PostAsJsonAsync(new Uri("/api/v1/recipients/export", UriKind.Relative), new { address = person });
        var story = await export.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("closedloop.person/v1", story.GetProperty("schema").GetString());
        Assert.Contains(person, story.GetRawText(), StringComparison.Ordinal);

        using var silent = await admin.PostAsJsonAsync(new Uri("/api/v1/recipients/erase", UriKind.Relative), new { address = person });
        Assert.Equal((HttpStatusCode.BadRequest, "CL9583"), (silent.StatusCode, await CodeAsync(silent)));
        using var erased = await admin.PostAsJsonAsync(new Uri("/api/v1/recipients/erase", UriKind.Relative), new { address = person, reason = "asked for it by letter" });
        Assert.Contains("closedloop.erasure/v1", await erased.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, served.Get<Tables>().Number("SELECT COUNT(*) FROM recipient WHERE address = $1", person));
        Assert.Equal(0, served.Get<Tables>().Number("SELECT COUNT(*) FROM audit WHERE subject LIKE $1 OR answer LIKE $1 OR after LIKE $1", "%" + person + "%"));
        using var nobody = await admin.PostAsJsonAsync(new Uri("/api/v1/recipients/export", UriKind.Relative), new { address = "nobody-at-all@example.net" });
        Assert.Equal((HttpStatusCode.NotFound, "CL9606"), (nobody.StatusCode, await CodeAsync(nobody)));
    }

    private static async Task<JsonElement> LineAsync(HttpClient client, string domain)
    {
        JsonElement line = default;
        await Eventually.ThatAsync("line of " + domain, async () =>
        {
            line = (await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/lanes/queues", UriKind.Relative))).GetProperty("items").EnumerateArray().FirstOrDefault(item => item.GetProperty("domain").GetString() == domain);
            return line.ValueKind == JsonValueKind.Object;
        });
        return line;
    }

    private static long Long(JsonElement line, string name) => line.GetProperty(name).GetInt64();

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}

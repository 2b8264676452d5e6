using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Tests.Suppression;

public class SuppressionTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Unsubscribed_address_is_named_whatever_its_case_and_only_for_its_client(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAsync(3);
        Assert.True(await Suppress(test, TestDatabase.ClientId, "R1@Example.ORG", SuppressionKind.Unsubscribed));
        Assert.False(await Suppress(test, TestDatabase.ClientId, "r1@example.org", SuppressionKind.Unsubscribed));
        Assert.True(await Suppress(test, TestDatabase.ClientId + 1, "r2@example.org", SuppressionKind.Blocked));
        Assert.Equal([null, "W208 unsubscribed", null], Reasons(test, row.MailingId));
        await Suppress(test, TestDatabase.ClientId, "r1@example.org", SuppressionKind.Blocked);
        Assert.Equal([null, "W207 on the blocklist", null], Reasons(test, row.MailingId));
    }

    [Theory]
    [OnSqlite(ResponseCategory.FatalBounce, 3, "W209 bounce limit reached (hard/soft 3/0)")]
    [OnSqlite(ResponseCategory.Bounce, 5, "W209 bounce limit reached (hard/soft 0/5)")]
    [OnSqlite(ResponseCategory.TemporaryBounce, 5, "W209 bounce limit reached (hard/soft 0/5)")]
    [OnPostgres(ResponseCategory.FatalBounce, 3, "W209 bounce limit reached (hard/soft 3/0)")]
    [OnPostgres(ResponseCategory.Bounce, 5, "W209 bounce limit reached (hard/soft 0/5)")]
    [OnPostgres(ResponseCategory.TemporaryBounce, 5, "W209 bounce limit reached (hard/soft 0/5)")]
    public async Task Address_is_mailed_up_to_the_bounce_limit_and_not_beyond(DatabaseKind kind, ResponseCategory category, int limit, string reason)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAsync(1);
        for (var i = 1; i <= limit; i++)
        {
            Assert.Equal([null], Reasons(test, row.MailingId));
            await Respond(test, row.MailingId, category);
        }

        Assert.Equal([reason], Reasons(test, row.MailingId));
        Assert.Equal(limit, test.Scalar("SELECT COUNT(DISTINCT ordinal) FROM response"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Reply_and_autoresponder_count_as_no_bounce(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAsync(1);
        for (var i = 0; i < 10; i++) await Respond(test, row.MailingId, i % 2 == 0 ? ResponseCategory.Unknown : ResponseCategory.Autoresponder);
        Assert.Equal([null], Reasons(test, row.MailingId));
        Assert.Equal(10, test.Scalar("SELECT COUNT(*) FROM response"));
    }

    private static Task<bool> Suppress(TestDatabase test, long clientId, string address, SuppressionKind kind) =>
        test.Writer.WriteAsync(context => SuppressionStore.Add(context, clientId, address, kind, "test", null, null));

    private static Task Respond(TestDatabase test, long mailingId, ResponseCategory category) => test.Writer.WriteAsync(context =>
        ResponseStore.Add(context, TestDatabase.ClientId, mailingId, 0, "r0@example.org", category, test.Now, "smtp", null));

    private static List<string?> Reasons(TestDatabase test, long mailingId) =>
        [.. test.Ledger.ReadDue(mailingId, TestDatabase.ClientId, 0, 1_000, test.Now, 10, new BounceSettings()).Select(due => due.SuppressedBy)];
}

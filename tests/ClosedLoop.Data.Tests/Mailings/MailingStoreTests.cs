using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Tests.Mailings;

public class MailingStoreTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Each_mailing_has_ids_of_its_own_for_every_recipient_and_link(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var first = await test.ImportAsync(3);
        var second = await test.ImportAsync(2);
        Assert.Equal(first.MailingId, first.CampaignId + 1);
        Assert.True(second.MailingId > first.MailingId && second.ListId > first.ListId);
        Assert.True(second.RecipientId(0) > first.RecipientId(2));
        Assert.True(second.LinkId(0, 0) > first.LinkId(2, MailingRow.LinksPerRecipient - 1));
        Assert.Equal((3, 2), (first.Accepted, second.Accepted));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mailing_moves_only_along_the_arrows_the_caller_names(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAsync(1);
        Assert.False(await test.Mailings.MoveAsync(row.MailingId, MailingState.Paused, MailingState.Sending));
        Assert.True(await test.Mailings.MoveAsync(row.MailingId, MailingState.Queued, MailingState.Prepared));
        Assert.Null(test.Mailings.Find(row.MailingId)!.StartedAt);
        Assert.True(await test.Mailings.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Queued));
        var started = test.Mailings.Find(row.MailingId)!.StartedAt;
        Assert.Equal(test.Now, started);
        test.Clock.Now = test.Clock.Now.AddHours(1);
        await test.Mailings.MoveAsync(row.MailingId, MailingState.Paused, MailingState.Sending);
        await test.Mailings.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Paused);
        Assert.Equal(started, test.Mailings.Find(row.MailingId)!.StartedAt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mailing_finishes_only_when_nobody_waits_or_is_being_sent(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(2);
        await test.Ledger.ClaimAsync(row.MailingId, [0, 1]);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Sent)]);
        Assert.False(await test.Mailings.TryFinishAsync(row.MailingId));
        await test.Ledger.RecordAsync([test.Outcome(row, 1, RecipientState.Failed)]);
        Assert.True(await test.Mailings.TryFinishAsync(row.MailingId));
        Assert.False(await test.Mailings.TryFinishAsync(row.MailingId));
        Assert.Equal(MailingState.Finished, test.Mailings.Find(row.MailingId)!.State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Frozen_content_is_stored_once_and_kept_when_frozen_again(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.CreateAsync(1);
        var content = new FrozenMailing
        {
            Source = new SourceMailing { Id = 7, ClientId = TestDatabase.ClientId, Name = "Spring", Subject = "Hello" },
            Sender = new SenderSettings { Address = "news@example.org" },
            List = ListDefinition.Default,
        };
        var hash = await test.Mailings.FreezeAsync(row.MailingId, content);
        await test.Mailings.FreezeAsync(row.MailingId, content with { Source = content.Source with { Subject = "Other" } });
        Assert.Equal(hash, test.Mailings.Find(row.MailingId)!.ContentHash);
        Assert.Equal("Hello", test.Mailings.ReadFrozen(hash).Source.Subject);
        await test.Writer.WriteAsync(context => context.Execute("UPDATE content SET body = $2 WHERE hash = $1", hash, "{}"u8.ToArray()));
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => test.Mailings.ReadFrozen(hash)).Message, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Period_holds_a_mailing_when_it_started_or_when_it_finished(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(0);
        var cut = await test.Writer.WriteAsync(context => context.Stamp);
        await test.Mailings.TryFinishAsync(row.MailingId);
        var end = await test.Writer.WriteAsync(context => context.Stamp);
        Assert.Single(test.Mailings.InPeriod(0, cut));
        Assert.Single(test.Mailings.InPeriod(cut, end));
        Assert.Empty(test.Mailings.InPeriod(end, end + 1000));
    }
}

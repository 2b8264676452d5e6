using ClosedLoop.Data.Channels;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Retention;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Tests.Channels;

public sealed class ReceiptStoreTests : OneDatabaseTests
{
    private const string Provider = "oak/sms-smpp";

    private ReceiptStore Receipts => new(Test.Database, Test.Writer, Test.Clock);

    [Theory, OnSqlite, OnPostgres]
    public async Task A_message_of_parts_has_one_final_word_in_whatever_order_things_come(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(3);

        // Of the second message everything is reported before it is recorded.
        Assert.Equal(new ReceiptCounts(2, 0, 2), await Receipts.AddAsync(Receipt("b1", ReceiptState.Delivered), Receipt("b2", ReceiptState.FailedHard)));
        await SentAsync(mailing, 0, "a1", "a2");
        await SentAsync(mailing, 1, "b1", "b2");
        await SentAsync(mailing, 2, "c1");
        Assert.Equal(new ReceiptCounts(1, 0, 0), await Receipts.AddAsync(Receipt("a1", ReceiptState.Delivered)));
        Assert.Equal(0, Words(mailing, 0));
        Assert.Equal(new ReceiptCounts(2, 1, 0), await Receipts.AddAsync(Receipt("a2", ReceiptState.Delivered), Receipt("a2", ReceiptState.Delivered), Receipt("c1", ReceiptState.FailedSoft)));
        Assert.Equal(new ReceiptCounts(1, 0, 0), await Receipts.AddAsync(Receipt("c1", ReceiptState.Delivered)));

        Assert.Equal([1, 2, 3], new[] { 0, 1, 2 }.Select(sequence => Test.Scalar("SELECT state FROM channel_outcome WHERE mailing_id = $1 AND sequence = $2", mailing.MailingId, sequence)));
        Assert.Equal(2, Test.Scalar("SELECT COUNT(*) FROM response WHERE mailing_id = $1", mailing.MailingId));
        Assert.Equal(3, Test.Scalar("SELECT category FROM response WHERE mailing_id = $1 AND sequence = 1", mailing.MailingId));
        Assert.Equal((1, 0), new BounceCounters(Test.Database, Test.Writer).Find(TestDatabase.ClientId, "r1@example.org"));
        Assert.Equal((0, 1), new BounceCounters(Test.Database, Test.Writer).Find(TestDatabase.ClientId, "r2@example.org"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Ids_of_other_providers_are_other_messages(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(1);
        await SentAsync(mailing, 0, "1");
        Assert.Equal(new ReceiptCounts(1, 0, 1), await Receipts.AddAsync(Receipt("1", ReceiptState.FailedHard) with { Provider = "elm/sms-smpp" }));
        Assert.Equal(0, Words(mailing, 0));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_dead_address_is_suppressed_with_what_was_said(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(1);
        await Test.Ledger.ClaimAsync(mailing.MailingId, [0]);
        await Test.Ledger.RecordAsync([Test.Outcome(mailing, 0, RecipientState.Failed) with { Reason = "refused: HTTP 410 Unregistered", Origin = "push-apns", Retired = true, Address = "apns:AbC" }]);
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM suppression WHERE client_id = $1 AND address = 'apns:abc' AND kind = 0 AND reason LIKE '%Unregistered%' AND mailing_id = $2", TestDatabase.ClientId, mailing.MailingId));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Unsubscribing_names_the_newest_message_and_counts_once(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var first = await Test.ImportAndStartAsync(1);
        await SentAsync(first, 0, "1");
        var second = await Test.ImportAndStartAsync(1);
        await SentAsync(second, 0, "2");
        Assert.True(await Receipts.UnsubscribeAsync(TestDatabase.ClientId, "R0@example.org", "sms-stop"));
        Assert.False(await Receipts.UnsubscribeAsync(TestDatabase.ClientId, "r0@example.org", "sms-stop"));
        Assert.Equal(second.MailingId, Test.Scalar("SELECT mailing_id FROM event WHERE kind = 3"));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM event"));
        Assert.True(await Receipts.UnsubscribeAsync(TestDatabase.ClientId, "+491510000000", "sms-stop"));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM event"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Retention_takes_messages_receipts_and_outcomes(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(2);
        await SentAsync(mailing, 0, "1");
        await SentAsync(mailing, 1, "2");
        await Receipts.AddAsync(Receipt("1", ReceiptState.Delivered), Receipt("stray", ReceiptState.Delivered));
        Assert.True(await Test.Mailings.TryFinishAsync(mailing.MailingId));
        var purge = new MailingPurge(Test.Database, Test.Writer, Test.Mailings, Test.Clock);
        Assert.True(await purge.RemoveAsync(mailing.MailingId, CancellationToken.None));
        Assert.Equal((0, 1, 0), (Test.Scalar("SELECT COUNT(*) FROM channel_message"), Test.Scalar("SELECT COUNT(*) FROM channel_receipt"), Test.Scalar("SELECT COUNT(*) FROM channel_outcome")));

        Assert.Equal(0, await purge.RemoveRecordsAsync(TestDatabase.ClientId, Test.Now - 1, CancellationToken.None));
        Assert.Equal(1, await purge.RemoveRecordsAsync(TestDatabase.ClientId, long.MaxValue, CancellationToken.None));
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM channel_receipt"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_doubt_ends_by_our_reference_whichever_is_first(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(4);
        await Test.Writer.WriteAsync(context => context.Execute("UPDATE mailing SET channel = 1"));
        ChannelReceipt Named(string id, ReceiptState state, int sequence) => Receipt(id, state) with { Reference = MessageReferences.Of(mailing.MailingId, sequence, 0, 1) };
        await Test.Ledger.ClaimAsync(mailing.MailingId, [0, 1, 2, 3]);
        Assert.Equal(new ReceiptCounts(1, 0, 1), await Receipts.AddAsync(Named("a", ReceiptState.FailedHard, 0)));
        await Test.RestartAsync();
        Assert.Equal(4, (await Test.Ledger.TakeAsync(mailing.MailingId, 0, 1000, Model.Clients.UnknownPolicy.Hold)).InDoubt);
        var mark = MessageReferences.MarkOf(MessageReferences.Of(mailing.MailingId, 2, 0, 1));
        Assert.Equal(new ReceiptCounts(2, 0, 0), await Receipts.AddAsync(Named("b", ReceiptState.Taken, 1), Receipt("c", ReceiptState.Delivered) with { Reference = MessageReferences.Short("r2@example.org", mark) }));
        Assert.Equal(new ReceiptCounts(0, 1, 0), await Receipts.AddAsync(Named("b", ReceiptState.Taken, 1)));

        var counts = Test.Ledger.Count(mailing.MailingId);
        Assert.Equal((3, 1, 4), (counts.Sent, counts.Unknown, counts.Total));
        Assert.Equal(3, Test.Scalar("SELECT COUNT(*) FROM ledger_past WHERE mailing_id = $1 AND state = 5", mailing.MailingId));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM response WHERE mailing_id = $1", mailing.MailingId));
        Assert.Equal(3, Test.Scalar("SELECT COUNT(*) FROM channel_doubt WHERE settled IS NOT NULL"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_mailing_keeps_its_channel(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var row = await Test.Mailings.CreateAsync(new NewMailing { ClientId = TestDatabase.ClientId, ClientVersion = 1, SourceId = 1, SourceVersion = 1, FileId = 1, Name = "x", Channel = MessageChannel.Push });
        Assert.Equal(MessageChannel.Push, Test.Mailings.Find(row.MailingId)!.Channel);
        Assert.Equal(MessageChannel.Mail, Test.Mailings.Find((await Test.CreateAsync()).MailingId)!.Channel);
    }

    private ChannelReceipt Receipt(string id, ReceiptState state) => new() { ClientId = TestDatabase.ClientId, Provider = Provider, ProviderId = id, State = state, Code = "1", Detail = "said so", OccurredAt = Test.Now };

    private long Words(MailingRow mailing, int sequence) => Test.Scalar("SELECT COUNT(*) FROM channel_outcome WHERE mailing_id = $1 AND sequence = $2", mailing.MailingId, sequence);

    private async Task SentAsync(MailingRow mailing, int sequence, params string[] ids)
    {
        await Test.Ledger.ClaimAsync(mailing.MailingId, [sequence]);
        await Test.Ledger.RecordAsync([Test.Outcome(mailing, sequence, RecipientState.Sent) with { Reason = null, Provider = Provider, ProviderIds = ids }]);
    }
}

using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Resend;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Tests.Suppression;

public sealed class ResponseCorrectionTests : OneDatabaseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_hard_bounce_that_was_an_automatic_reply_counts_no_more(DatabaseKind kind)
    {
        var mailing = await SentAsync(kind, ResponseCategory.FatalBounce);
        Assert.Equal((1, 0), Counters());
        Assert.Equal(CorrectionResult.Done, await ReadAsync(mailing, "auto-reply"));
        Assert.Equal((0, 0), Counters());
        Assert.Equal((int)ResponseCategory.Autoresponder, Latest(mailing));
        Assert.Equal(2, Test.Scalar("SELECT COUNT(*) FROM response"));

        // What is overruled stays so, and the new reading can be corrected in turn.
        Assert.Equal(CorrectionResult.Gone, await ReadAsync(mailing, "hard"));
        Assert.Equal(CorrectionResult.Same, await ReadAsync(mailing, "auto-reply", ordinal: 1));
        Assert.Equal(CorrectionResult.Done, await ReadAsync(mailing, "soft", ordinal: 1));
        Assert.Equal((0, 1), Counters());
        Assert.Equal((int)ResponseCategory.Bounce, Latest(mailing));
        Assert.Equal(CorrectionResult.Gone, await ReadAsync(mailing, "soft", ordinal: 9));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_reply_that_was_a_complaint_suppresses_and_one_that_was_nothing_leaves_no_trace(DatabaseKind kind)
    {
        var mailing = await SentAsync(kind, ResponseCategory.Unknown);
        Assert.Equal(CorrectionResult.Done, await ReadAsync(mailing, "complaint"));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM suppression WHERE kind = $1", (int)SuppressionKind.Unsubscribed));
        Assert.Equal(-1, Latest(mailing));
        await Test.Writer.WriteAsync(context => ResponseStore.Add(context, TestDatabase.ClientId, mailing.MailingId, 0, "r0@example.org", ResponseCategory.Bounce, Test.Now, "mail", null));
        Assert.Equal(CorrectionResult.Done, await ReadAsync(mailing, "nothing", ordinal: 1));
        Assert.Equal((0, 0), Counters());
        Assert.Equal(-1, Latest(mailing));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_response_from_before_a_resend_is_left_alone(DatabaseKind kind)
    {
        var mailing = await SentAsync(kind, ResponseCategory.Bounce);
        await Test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Queued);
        Assert.True(await Test.Mailings.TryFinishAsync(mailing.MailingId));
        var store = new ResendStore(Test.Database, Test.Writer, new Blocklist(Test.Database, Test.Writer));
        var row = Test.Mailings.Find(mailing.MailingId)!;
        Assert.Equal(1, await store.OpenAsync(row, store.Plan(row, new ResendChoice(Soft: true, Unknown: false), new BounceSettings())));
        Assert.Equal(CorrectionResult.TakenBack, await ReadAsync(mailing, "hard"));
        Assert.Equal((0, 1), Counters());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_mail_out_of_the_tray_is_bound_once_with_all_that_follows(DatabaseKind kind)
    {
        var mailing = await SentAsync(kind, category: null);
        var id = await Inbound.RecordAsync(new NewInboundMail
        {
            Sha256 = "ab",
            Source = "test",
            SourceKey = "1",
            Size = 3,
            Kind = 0,
            Outcome = InboundOutcome.Unmatched,
            Path = "x",
            ReceivedAt = Test.Now,
        });
        var target = Inbound.FindTarget(mailing.MailingId, 0)!;
        Assert.True(await Inbound.BindAsync(id, target, ResponseMeaning.Names["hard"]));
        Assert.False(await Inbound.BindAsync(id, target, ResponseMeaning.Names["hard"]));
        Assert.Equal((1, 0), Counters());
        Assert.Equal((int)ResponseCategory.FatalBounce, Latest(mailing));
        Assert.Empty(Inbound.Unmatched(10));
        Assert.Equal(mailing.MailingId, Inbound.Find(id)!.MailingId);
    }

    private InboundStore Inbound => new(Test.Database, Test.Writer);

    private async Task<MailingRow> SentAsync(DatabaseKind kind, ResponseCategory? category)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(1);
        await Test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Queued);
        await Test.Ledger.ClaimAsync(mailing.MailingId, [0]);
        await Test.Ledger.RecordAsync([Test.Outcome(mailing, 0, RecipientState.Sent)]);
        if (category is { } first) await Test.Writer.WriteAsync(context => ResponseStore.Add(context, TestDatabase.ClientId, mailing.MailingId, 0, "r0@example.org", first, Test.Now, "mail", null));
        return Test.Mailings.Find(mailing.MailingId)!;
    }

    private Task<CorrectionResult> ReadAsync(MailingRow mailing, string meaning, int ordinal = 0) =>
        new ResponseCorrections(Test.Writer).ReclassifyAsync(Inbound.FindTarget(mailing.MailingId, 0)!, ordinal, ResponseMeaning.Names[meaning]);

    private (int Hard, int Soft) Counters() => new BounceCounters(Test.Database, Test.Writer).Find(TestDatabase.ClientId, "r0@example.org") ?? (0, 0);

    private long Latest(MailingRow mailing) => Test.Scalar(
        $"SELECT COALESCE({LatestResponse.CategorySql}, -1) FROM ledger l WHERE l.mailing_id = $1 AND $2 = $2", mailing.MailingId, 0L, long.MaxValue);
}

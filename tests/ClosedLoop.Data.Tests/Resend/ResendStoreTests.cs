using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Resend;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Tests.Resend;

public sealed class ResendStoreTests : OneDatabaseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_bounced_softly_or_is_in_doubt_is_selected_and_everybody_else_is_named_with_the_reason(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(
            RecipientState.Sent, RecipientState.Sent, RecipientState.Failed, RecipientState.Failed, RecipientState.Unknown, RecipientState.Suppressed, RecipientState.Sent, RecipientState.Sent);
        await RespondAsync(mailing, 1, ResponseCategory.Bounce);
        await RespondAsync(mailing, 2, ResponseCategory.TemporaryBounce);
        await RespondAsync(mailing, 3, ResponseCategory.FatalBounce);
        await RespondAsync(mailing, 6, ResponseCategory.Bounce);
        await RespondAsync(mailing, 7, ResponseCategory.Bounce);
        await Test.Writer.WriteAsync(context => SuppressionStore.Add(context, TestDatabase.ClientId, "r6@example.org", SuppressionKind.Unsubscribed, "page", null, null));
        await new Blocklist(Test.Database, Test.Writer).AddAsync(TestDatabase.ClientId, AddressPattern.TryParse("r7@*")!, "test");

        var soft = Store.Plan(mailing, new ResendChoice(Soft: true, Unknown: false), new BounceSettings());
        Assert.Equal([1, 2], soft.Selected.Select(candidate => candidate.Sequence));
        Assert.Equal("sent 1, in doubt 1, hard bounce 1, suppressed 1, blocked 1, unsubscribed 1", soft.LeftOutText);
        Assert.Equal([4], Store.Plan(mailing, new ResendChoice(Soft: false, Unknown: true), new BounceSettings()).Selected.Select(candidate => candidate.Sequence));
        Assert.Equal([1, 2, 4], Store.Plan(mailing, new ResendChoice(Soft: true, Unknown: true), new BounceSettings()).Selected.Select(candidate => candidate.Sequence));
        Assert.Contains("bounce limit 2", Store.Plan(mailing, new ResendChoice(Soft: true, Unknown: false), new BounceSettings { SoftLimit = 1 }).LeftOutText, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Opening_keeps_what_it_takes_back_and_does_so_once(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(RecipientState.Sent, RecipientState.Sent);
        await RespondAsync(mailing, 1, ResponseCategory.Bounce);
        var plan = Plan(mailing);
        Assert.Equal(1, await Store.OpenAsync(mailing, plan));
        Assert.Equal(0, await Store.OpenAsync(mailing, plan));
        Assert.Equal(0, await Store.OpenAsync(Test.Mailings.Find(mailing.MailingId)!, plan));

        var opened = Test.Mailings.Find(mailing.MailingId)!;
        Assert.Equal((MailingState.Queued, 1, (long?)null, (long?)null), (opened.State, opened.Resends, opened.FinishedAt, opened.FinishedRecorded));
        Assert.Equal(mailing.FinishedRecorded, Test.Scalar("SELECT finished_recorded FROM mailing_past WHERE selected = 1"));
        Assert.Equal((1, 1), ((int)Test.Ledger.Count(mailing.MailingId).Waiting, (int)Test.Ledger.Count(mailing.MailingId).Sent));
        Assert.Equal((int)RecipientState.Sent, Test.Scalar("SELECT state FROM ledger_past WHERE sequence = 1 AND taken_back IS NOT NULL AND given_back IS NULL"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_bounced_hard_between_plan_and_opening_is_left_alone(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(RecipientState.Sent, RecipientState.Sent);
        await RespondAsync(mailing, 0, ResponseCategory.Bounce);
        await RespondAsync(mailing, 1, ResponseCategory.Bounce);
        var plan = Plan(mailing);
        await RespondAsync(mailing, 1, ResponseCategory.FatalBounce);
        Assert.Equal(1, await Store.OpenAsync(mailing, plan));
        Assert.Equal(0, Test.Scalar("SELECT MAX(sequence) FROM ledger_past"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_bounce_from_before_a_resend_does_not_lead_to_another(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(RecipientState.Sent);
        await RespondAsync(mailing, 0, ResponseCategory.Bounce);
        await Store.OpenAsync(mailing, Plan(mailing));
        await SendAsync(mailing, 0, RecipientState.Sent);
        await FinishAsync(mailing);
        mailing = Test.Mailings.Find(mailing.MailingId)!;
        Assert.Empty(Plan(mailing).Selected);
        await RespondAsync(mailing, 0, ResponseCategory.TemporaryBounce);
        Assert.Equal(1, await Store.OpenAsync(mailing, Plan(mailing)));
        Assert.Equal(2, Test.Mailings.Find(mailing.MailingId)!.Resends);
    }

    [Theory]
    [OnSqlite(true)]
    [OnSqlite(false)]
    [OnPostgres(true)]
    [OnPostgres(false)]
    public async Task Whoever_a_resend_does_not_reach_has_his_outcome_and_his_bounce_as_before(DatabaseKind kind, bool cancelled)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(RecipientState.Sent, RecipientState.Sent);
        await RespondAsync(mailing, 0, ResponseCategory.Bounce);
        await RespondAsync(mailing, 1, ResponseCategory.Bounce);
        await Store.OpenAsync(mailing, Plan(mailing));
        await Test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Queued);
        Assert.NotNull(Test.Mailings.Find(mailing.MailingId)!.ResentAt);
        await SendAsync(mailing, 1, RecipientState.Sent);
        if (cancelled) await Test.Writer.WriteAsync(context => RecipientLedger.CancelWaiting(context, mailing.MailingId, Test.Now));
        else await Test.Ledger.RecordAsync([Test.Outcome(mailing, 0, RecipientState.Suppressed)]);

        var counts = Test.Ledger.Count(mailing.MailingId);
        Assert.Equal((2L, 0L, 0L), (counts.Sent, counts.Suppressed, counts.Cancelled));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM ledger_past WHERE given_back IS NOT NULL AND sequence = 0"));
        await FinishAsync(mailing);

        // The earlier bounce counts again for the one, and not for the other, who got a second message.
        Assert.Equal([0], Plan(Test.Mailings.Find(mailing.MailingId)!).Selected.Select(candidate => candidate.Sequence));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Failed_recipients_get_another_try_where_the_reason_may_pass_and_who_was_sent_to_does_not(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(
            RecipientState.Sent, RecipientState.Sent, RecipientState.Failed, RecipientState.Failed, RecipientState.Failed, RecipientState.Unknown, RecipientState.Suppressed, RecipientState.Failed);
        await RespondAsync(mailing, 1, ResponseCategory.Bounce);
        await RespondAsync(mailing, 2, ResponseCategory.TemporaryBounce);
        await RespondAsync(mailing, 3, ResponseCategory.FatalBounce);
        await Test.Writer.WriteAsync(context => SuppressionStore.Add(context, TestDatabase.ClientId, "r7@example.org", SuppressionKind.Unsubscribed, "page", null, null));

        var passing = Store.Plan(mailing, new ResendChoice(Soft: false, Unknown: false, Failed: true), new BounceSettings());
        Assert.Equal([2, 4], passing.Selected.Select(candidate => candidate.Sequence));
        Assert.Equal("sent 1, soft bounce 1, in doubt 1, hard bounce 1, suppressed 1, unsubscribed 1", passing.LeftOutText);
        var everybody = new ResendChoice(Soft: false, Unknown: false, Failed: true, Refused: true);
        Assert.Contains("bounce limit 1", Store.Plan(mailing, everybody, new BounceSettings { HardLimit = 1 }).LeftOutText, StringComparison.Ordinal);
        Assert.Equal([2, 3, 4], Store.Plan(mailing, everybody, new BounceSettings { HardLimit = 2 }).Selected.Select(candidate => candidate.Sequence));

        Assert.Equal(2, await Store.OpenAsync(mailing, passing));
        var counts = Test.Ledger.Count(mailing.MailingId);
        Assert.Equal((2L, 2L, 2L, 1L, 1L), (counts.Waiting, counts.Sent, counts.Failed, counts.Unknown, counts.Suppressed));
    }

    private ResendStore Store => new(Test.Database, Test.Writer, new Blocklist(Test.Database, Test.Writer));

    private ResendPlan Plan(MailingRow mailing) => Store.Plan(mailing, new ResendChoice(Soft: true, Unknown: false), new BounceSettings());

    private async Task<MailingRow> FinishedAsync(params RecipientState[] states)
    {
        var mailing = await Test.ImportAndStartAsync(states.Length);
        for (var i = 0; i < states.Length; i++) await SendAsync(mailing, i, states[i]);
        await FinishAsync(mailing);
        return Test.Mailings.Find(mailing.MailingId)!;
    }

    private async Task FinishAsync(MailingRow mailing)
    {
        await Test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Queued);
        Assert.True(await Test.Mailings.TryFinishAsync(mailing.MailingId));
    }

    private async Task SendAsync(MailingRow mailing, int sequence, RecipientState state)
    {
        await Test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Queued);
        if (state != RecipientState.Suppressed) Assert.True(Assert.Single(await Test.Ledger.ClaimAsync(mailing.MailingId, [sequence])));
        await Test.Ledger.RecordAsync([Test.Outcome(mailing, sequence, state)]);
    }

    private Task RespondAsync(MailingRow mailing, int sequence, ResponseCategory category) => Test.Writer.WriteAsync(context =>
        ResponseStore.Add(context, TestDatabase.ClientId, mailing.MailingId, sequence, $"r{sequence}@example.org", category, Test.Now, "mail", null));
}

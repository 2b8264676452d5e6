using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Tests.Ledger;

public class SliceHoldTests
{
    [Theory]
    [OnSqlite(UnknownPolicy.Hold)]
    [OnSqlite(UnknownPolicy.Resend)]
    [OnPostgres(UnknownPolicy.Hold)]
    [OnPostgres(UnknownPolicy.Resend)]
    public async Task Whoever_was_overtaken_claims_nobody_and_records_nothing(DatabaseKind kind, UnknownPolicy policy)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(6);
        var old = await test.Ledger.TakeAsync(row.MailingId, 0, 1_000, policy);
        Assert.Equal(new[] { true, true, true }, await test.Ledger.ClaimAsync(row.MailingId, [0, 1, 2], hold: old));

        // The old one is frozen now; somebody else takes the slice, and sends to 0 under resend.
        var next = await test.Ledger.TakeAsync(row.MailingId, 0, 1_000, policy);
        Assert.Equal(3, next.InDoubt);
        Assert.Equal(policy == UnknownPolicy.Resend, Assert.Single(await test.Ledger.ClaimAsync(row.MailingId, [0], hold: next)));

        // The old one goes on where it was.
        Assert.False(old.IsLost);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Sent), test.Outcome(row, 1, RecipientState.Waiting), test.Outcome(row, 2, RecipientState.Failed)], old);
        Assert.True(old.IsLost);
        Assert.Equal(new[] { false, false }, await test.Ledger.ClaimAsync(row.MailingId, [3, 4], hold: old));
        var counts = test.Ledger.Count(row.MailingId);
        Assert.Equal(policy == UnknownPolicy.Resend ? (5L, 1L, 0L, 0L, 0L) : (3L, 0L, 0L, 0L, 3L), (counts.Waiting, counts.Sending, counts.Sent, counts.Failed, counts.Unknown));

        Assert.False(next.IsLost);
        Assert.True(Assert.Single(await test.Ledger.ClaimAsync(row.MailingId, [5], hold: next)));
        await test.Ledger.RecordAsync([test.Outcome(row, 5, RecipientState.Sent)], next);
        Assert.Equal(1, test.Ledger.Count(row.MailingId).Sent);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Plain_successes_of_an_overtaken_silo_are_not_recorded(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(2);
        var old = await test.Ledger.TakeAsync(row.MailingId, 0, 1_000, UnknownPolicy.Resend);
        await test.Ledger.ClaimAsync(row.MailingId, [0, 1], hold: old);
        var next = await test.Ledger.TakeAsync(row.MailingId, 0, 1_000, UnknownPolicy.Resend);
        await test.Ledger.ClaimAsync(row.MailingId, [0, 1], hold: next);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Sent), test.Outcome(row, 1, RecipientState.Sent)], old);
        Assert.True(old.IsLost);
        Assert.Equal(2, test.Ledger.Count(row.MailingId).Sending);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Sent), test.Outcome(row, 1, RecipientState.Sent)], next);
        Assert.Equal(2, test.Ledger.Count(row.MailingId).Sent);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Slices_do_not_take_each_other(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(6);
        var first = await test.Ledger.TakeAsync(row.MailingId, 0, 3, UnknownPolicy.Hold);
        var second = await test.Ledger.TakeAsync(row.MailingId, 3, 6, UnknownPolicy.Hold);
        Assert.Equal(new[] { true, true }, (await test.Ledger.ClaimAsync(row.MailingId, [0], hold: first)).Concat(await test.Ledger.ClaimAsync(row.MailingId, [3], hold: second)));
        Assert.False(first.IsLost || second.IsLost);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_mailing_that_has_ended_keeps_no_rights(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(1);
        var hold = await test.Ledger.TakeAsync(row.MailingId, 0, 1_000, UnknownPolicy.Hold);
        await test.Ledger.ClaimAsync(row.MailingId, [0], hold: hold);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Sent)], hold);
        Assert.True(await test.Mailings.TryFinishAsync(row.MailingId));
        Assert.Equal(0, test.Scalar("SELECT COUNT(*) FROM slice_run"));
        Assert.Equal(new[] { false }, await test.Ledger.ClaimAsync(row.MailingId, [0], hold: hold));
        Assert.True(hold.IsLost);
    }
}

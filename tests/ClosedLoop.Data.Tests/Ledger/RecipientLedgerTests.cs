using System.Buffers;
using System.Text;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Tests.Ledger;

public class RecipientLedgerTests
{
    private static readonly BounceSettings Bounces = new();

    [Theory, OnSqlite, OnPostgres]
    public async Task Imported_recipients_wait_in_the_order_of_the_file(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAsync(2_500);
        Assert.Equal(2_500, test.Ledger.Count(row.MailingId).Waiting);
        Assert.Equal(["r1000@example.org", "r1001@example.org"],
            test.Ledger.ReadDue(row.MailingId, TestDatabase.ClientId, 1_000, 2_000, test.Now, 2, Bounces).Select(due => due.Address));
        Assert.Equal([0, 1, 2], test.Ledger.OpenSlices(row.MailingId, 1_000));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Recipient_is_claimed_once_and_only_while_the_mailing_is_being_sent(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAsync(3);
        Assert.Equal(new[] { false, false }, await test.Ledger.ClaimAsync(row.MailingId, [0, 1]));
        await test.Mailings.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Prepared);
        Assert.Equal(new[] { true, true }, await test.Ledger.ClaimAsync(row.MailingId, [0, 1]));
        Assert.Equal(new[] { false, true }, await test.Ledger.ClaimAsync(row.MailingId, [1, 2]));
        await test.Ledger.RecordAsync([test.Outcome(row, 2, RecipientState.Waiting)]);
        await test.Mailings.MoveAsync(row.MailingId, MailingState.Paused, MailingState.Sending);
        Assert.Equal(new[] { false }, await test.Ledger.ClaimAsync(row.MailingId, [2]));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Outcome_is_recorded_only_from_the_state_it_starts_from(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(3);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Sent)]);
        Assert.Equal(3, test.Ledger.Count(row.MailingId).Waiting);
        await test.Ledger.ClaimAsync(row.MailingId, [0, 1]);
        await test.Ledger.RecordAsync([test.Outcome(row, 1, RecipientState.Suppressed), test.Outcome(row, 2, RecipientState.Suppressed)]);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Sent)]);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Failed) with { Response = ResponseCategory.FatalBounce }]);
        var counts = test.Ledger.Count(row.MailingId);
        Assert.Equal((0, 1, 1, 0, 1), (counts.Waiting, counts.Sending, counts.Sent, counts.Failed, counts.Suppressed));
        Assert.Equal(0, test.Scalar("SELECT COUNT(*) FROM response"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Deferred_recipient_is_due_at_its_time_and_not_before(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(1);
        await test.Ledger.ClaimAsync(row.MailingId, [0]);
        var due = test.Now + 60_000_000;
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Waiting) with { DueAt = due }]);
        Assert.Empty(test.Ledger.ReadDue(row.MailingId, TestDatabase.ClientId, 0, 1_000, due - 1, 10, Bounces));
        Assert.Equal(1, Assert.Single(test.Ledger.ReadDue(row.MailingId, TestDatabase.ClientId, 0, 1_000, due, 10, Bounces)).Attempt);
        Assert.Equal(due, test.Ledger.NextDue(row.MailingId, 0, 1_000));
    }

    [Theory]
    [OnSqlite(UnknownPolicy.Hold, 0, 2)]
    [OnSqlite(UnknownPolicy.Resend, 2, 0)]
    [OnPostgres(UnknownPolicy.Hold, 0, 2)]
    [OnPostgres(UnknownPolicy.Resend, 2, 0)]
    public async Task Recipients_left_claimed_by_a_crash_are_held_or_wait_again(DatabaseKind kind, UnknownPolicy policy, int waiting, int unknown)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(5);
        await test.Ledger.ClaimAsync(row.MailingId, [0, 1, 4]);
        await test.RestartAsync();
        Assert.Equal(2, (await test.Ledger.TakeAsync(row.MailingId, 0, 3, policy)).InDoubt);
        var counts = test.Ledger.Count(row.MailingId);
        Assert.Equal((waiting + 2, 1, unknown), (counts.Waiting, counts.Sending, counts.Unknown));
        Assert.Equal(0, (await test.Ledger.TakeAsync(row.MailingId, 0, 3, policy)).InDoubt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_waits_in_a_cancelled_mailing_whatever_comes_back_later(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAndStartAsync(4);
        await test.Ledger.ClaimAsync(row.MailingId, [0, 1]);
        await test.Mailings.MoveAsync(row.MailingId, MailingState.Cancelled, MailingState.Sending);
        await test.Writer.WriteAsync(context => RecipientLedger.CancelWaiting(context, row.MailingId, test.Now));
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Waiting)]);
        await test.Ledger.TakeAsync(row.MailingId, 0, 1_000, UnknownPolicy.Resend);
        var counts = test.Ledger.Count(row.MailingId);
        Assert.Equal((0, 3, 1), (counts.Open, counts.Cancelled, counts.Unknown));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Import_that_broke_off_is_removed_without_a_trace_and_a_published_one_stays(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var kept = await test.ImportAsync(10, fileId: 1);
        var broken = await test.CreateAsync(fileId: 2);
        await test.Ledger.ImportAsync(broken.MailingId, 0, [.. Enumerable.Range(0, (2 * RecipientLedger.ImportBlock) + 1).Select(i => new ImportedRecipient($"b{i}@example.org", [0]))]);

        await test.Ledger.RemoveImportAsync(2);
        await test.Ledger.RemoveImportAsync(1);
        Assert.Null(test.Mailings.Find(broken.MailingId));
        Assert.Equal(10, test.Scalar("SELECT COUNT(*) FROM ledger"));
        Assert.Equal(10, test.Scalar("SELECT COUNT(*) FROM recipient"));
        Assert.Equal(10, test.Ledger.Count(kept.MailingId).Waiting);
    }

    /// <summary>Runs of a group of every length around that of one statement, and groups that change with every row.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task What_a_block_holds_is_what_the_ledger_has(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var mailings = new[] { await test.CreateAsync(), await test.CreateAsync(), await test.CreateAsync() };
        using var block = new RecipientBlock();
        var next = new int[3];
        var expected = new List<string>();
        foreach (var (group, length) in new[] { (0, 1), (1, 49), (0, 50), (2, 51), (1, 1), (0, 1), (1, 101), (2, 100) })
        {
            for (var i = 0; i < length; i++)
            {
                var sequence = next[group]++;
                var address = $"Zoë.{group}.{sequence}@example.org";
                var start = block.Position;
                block.Write(Encoding.UTF8.GetBytes(address));
                var fields = block.Position;
                block.Write([(byte)group, (byte)sequence]);
                block.Add(new BlockRow(group, sequence, start, fields - start, fields, 2));
                expected.Add($"{mailings[group].MailingId} {sequence} {address} {group:X2}{sequence:X2} 0 0 0");
            }
        }

        await test.Ledger.ImportAsync(block, [.. mailings.Select(mailing => mailing.MailingId)]);
        await test.Writer.WriteAsync(context => RecipientLedger.Publish(context, 1));

        var found = new List<string>();
        using var connection = test.Database.OpenRead();
        using var statement = new Statement(connection,
            $"SELECT mailing_id || ' ' || sequence || ' ' || address || ' ' || {(kind == DatabaseKind.Sqlite ? "hex(fields)" : "upper(encode(fields, 'hex'))")} || ' ' || state || ' ' || attempt || ' ' || due_at FROM recipient JOIN ledger USING (mailing_id, sequence)");
        using var reader = statement.Query();
        while (reader.Read()) found.Add(reader.GetString(0));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(next.Select(count => (long)count), mailings.Select(mailing => test.Mailings.Find(mailing.MailingId)!.Accepted));
    }
}

using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Retention;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Tests.Lookup;

public sealed class AddressIndexTests : OneDatabaseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_person_is_found_before_and_after_the_index_has_caught_up(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var older = await Test.ImportAsync(5);
        var newer = await Test.ImportAsync(3, fileId: 2);
        var index = new AddressIndex(Test.Database, Test.Writer);
        MessageKey[] expected = [new(newer.MailingId, 2), new(older.MailingId, 2)];

        Assert.Equal(expected, index.Find("R2@Example.ORG", 10).Messages);
        await CatchUpAsync(index);
        Assert.Equal(8, Test.Scalar("SELECT COUNT(*) FROM address_index"));
        Assert.Equal(expected, index.Find("R2@Example.ORG", 10).Messages);
        Assert.Equal(expected[..1], index.Find("r2@example.org", 1).Messages);
        Assert.Empty(index.Find("nobody@example.org", 10).Messages);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_import_larger_than_a_transaction_is_indexed_in_parts_and_once(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAsync(AddressIndex.RowsPerTransaction + 1);
        var index = new AddressIndex(Test.Database, Test.Writer);

        Assert.Equal(AddressIndex.RowsPerTransaction, await index.CatchUpAsync());
        Assert.Single(index.Find($"r{AddressIndex.RowsPerTransaction}@example.org", 10).Messages);
        await CatchUpAsync(index);
        await CatchUpAsync(index);
        Assert.Equal(mailing.Accepted, Test.Scalar("SELECT COUNT(*) FROM address_index"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_joins_a_mailing_after_the_index_had_all_of_it_is_found_as_well(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAsync(3);
        var index = new AddressIndex(Test.Database, Test.Writer);
        await CatchUpAsync(index);
        await Test.Writer.WriteAsync(context =>
        {
            // As a triggered message joins a standing mailing.
            context.Execute("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, 3, 'late@example.org', $2)", mailing.MailingId, Array.Empty<byte>());
            context.Execute("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at) VALUES ($1, 3, 0, 0, 0)", mailing.MailingId);
            context.Execute("UPDATE mailing SET accepted = accepted + 1 WHERE mailing_id = $1", mailing.MailingId);
        });

        Assert.Equal([new MessageKey(mailing.MailingId, 3)], index.Find("late@example.org", 10).Messages);
        Assert.Equal(1, await index.CatchUpAsync());
        Assert.Equal(0, await index.CatchUpAsync());
        Assert.Equal(4, Test.Scalar("SELECT COUNT(*) FROM address_index"));
        Assert.Equal([new MessageKey(mailing.MailingId, 3)], index.Find("late@example.org", 10).Messages);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_search_for_everything_passes_no_recipient_over(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var whole = await Test.ImportAsync(3);
        var index = new AddressIndex(Test.Database, Test.Writer);
        await CatchUpAsync(index);
        var behind = await Test.ImportAsync(3, fileId: 2);
        await Test.Writer.WriteAsync(context => context.Execute("UPDATE mailing SET state = 0, accepted = 0 WHERE mailing_id = $1", behind.MailingId));

        var lookup = new AddressLookup(Test.Database);
        Assert.Equal([new MessageKey(behind.MailingId, 1), new MessageKey(whole.MailingId, 1)], lookup.FindAll("R1@example.org"));
        Assert.Equal([new MessageKey(whole.MailingId, 1)], lookup.Find("R1@example.org", 10).Messages);
        await Test.Writer.WriteAsync(context => context.Execute("UPDATE mailing SET state = 1, accepted = $2 WHERE mailing_id = $1", behind.MailingId, AddressLookup.MostSearched + 1));
        Assert.Equal(AddressLookup.MostSearched + 1, lookup.Find("R1@example.org", 10).NotSearched);
        Assert.Equal(2, lookup.FindAll("R1@example.org").Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nothing_is_left_in_the_index_of_a_mailing_past_its_retention(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync();
        var index = new AddressIndex(Test.Database, Test.Writer);
        await CatchUpAsync(index);
        Assert.True(await new MailingPurge(Test.Database, Test.Writer, Test.Mailings, Test.Clock).RemoveAsync(mailing.MailingId, CancellationToken.None));

        Assert.Equal(0, await index.CatchUpAsync());
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM address_index"));
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM address_index_mark"));
        Assert.Empty(index.Find("r0@example.org", 10).Messages);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Sums_of_an_ended_mailing_are_kept_once(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var sending = await Test.ImportAndStartAsync(2);
        var ended = await FinishedAsync(fileId: 2);
        var figures = new MailingFigures(Test.Database, Test.Writer);

        Assert.Equal(1, await figures.CatchUpAsync());
        Assert.Equal(0, await figures.CatchUpAsync());
        Assert.Equal(2, Test.Scalar("SELECT recipients FROM mailing_figure WHERE mailing_id = $1 AND state = 2", ended.MailingId));
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM mailing_figure WHERE mailing_id = $1", sending.MailingId));
    }

    private static async Task CatchUpAsync(AddressIndex index)
    {
        while (await index.CatchUpAsync() > 0)
        {
            // One part after the other, until nothing is left.
        }
    }

    private async Task<MailingRow> FinishedAsync(long fileId = 1)
    {
        var mailing = await Test.ImportAsync(2, fileId);
        await Test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Prepared);
        for (var i = 0; i < 2; i++)
        {
            await Test.Ledger.ClaimAsync(mailing.MailingId, [i]);
            await Test.Ledger.RecordAsync([Test.Outcome(mailing, i, RecipientState.Sent)]);
        }

        Assert.True(await Test.Mailings.TryFinishAsync(mailing.MailingId));
        return Test.Mailings.Find(mailing.MailingId)!;
    }
}

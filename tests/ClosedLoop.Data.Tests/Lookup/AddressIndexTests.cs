using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Retention;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Tests.Lookup;

public sealed class AddressIndexTests : IAsyncDisposable
{
    private TestDatabase _test = null!;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory, OnSqlite, OnPostgres]
    public async Task A_person_is_found_before_and_after_the_index_has_caught_up(DatabaseKind kind)
    {
        _test = new TestDatabase(kind);
        var older = await _test.ImportAsync(5);
        var newer = await _test.ImportAsync(3, fileId: 2);
        var index = new AddressIndex(_test.Database, _test.Writer);
        MessageKey[] expected = [new(newer.MailingId, 2), new(older.MailingId, 2)];

        Assert.Equal(expected, index.Find("R2@Example.ORG", 10).Messages);
        await CatchUpAsync(index);
        Assert.Equal(8, _test.Scalar("SELECT COUNT(*) FROM address_index"));
        Assert.Equal(expected, index.Find("R2@Example.ORG", 10).Messages);
        Assert.Equal(expected[..1], index.Find("r2@example.org", 1).Messages);
        Assert.Empty(index.Find("nobody@example.org", 10).Messages);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_import_larger_than_a_transaction_is_indexed_in_parts_and_once(DatabaseKind kind)
    {
        _test = new TestDatabase(kind);
        var mailing = await _test.ImportAsync(AddressIndex.RowsPerTransaction + 1);
        var index = new AddressIndex(_test.Database, _test.Writer);

        Assert.Equal(AddressIndex.RowsPerTransaction, await index.CatchUpAsync());
        Assert.Single(index.Find($"r{AddressIndex.RowsPerTransaction}@example.org", 10).Messages);
        await CatchUpAsync(index);
        await CatchUpAsync(index);
        Assert.Equal(mailing.Accepted, _test.Scalar("SELECT COUNT(*) FROM address_index"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nothing_is_left_in_the_index_of_a_mailing_past_its_retention(DatabaseKind kind)
    {
        _test = new TestDatabase(kind);
        var mailing = await FinishedAsync();
        var index = new AddressIndex(_test.Database, _test.Writer);
        await CatchUpAsync(index);
        Assert.True(await new MailingPurge(_test.Database, _test.Writer, _test.Mailings, _test.Clock).RemoveAsync(mailing.MailingId, CancellationToken.None));

        Assert.Equal(0, await index.CatchUpAsync());
        Assert.Equal(0, _test.Scalar("SELECT COUNT(*) FROM address_index"));
        Assert.Equal(0, _test.Scalar("SELECT COUNT(*) FROM address_index_mark"));
        Assert.Empty(index.Find("r0@example.org", 10).Messages);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Sums_of_an_ended_mailing_are_kept_once(DatabaseKind kind)
    {
        _test = new TestDatabase(kind);
        var sending = await _test.ImportAndStartAsync(2);
        var ended = await FinishedAsync(fileId: 2);
        var figures = new MailingFigures(_test.Database, _test.Writer);

        Assert.Equal(1, await figures.CatchUpAsync());
        Assert.Equal(0, await figures.CatchUpAsync());
        Assert.Equal(2, _test.Scalar("SELECT recipients FROM mailing_figure WHERE mailing_id = $1 AND state = 2", ended.MailingId));
        Assert.Equal(0, _test.Scalar("SELECT COUNT(*) FROM mailing_figure WHERE mailing_id = $1", sending.MailingId));
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
        var mailing = await _test.ImportAsync(2, fileId);
        await _test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Prepared);
        for (var i = 0; i < 2; i++)
        {
            await _test.Ledger.ClaimAsync(mailing.MailingId, [i]);
            await _test.Ledger.RecordAsync([_test.Outcome(mailing, i, RecipientState.Sent)]);
        }

        Assert.True(await _test.Mailings.TryFinishAsync(mailing.MailingId));
        return _test.Mailings.Find(mailing.MailingId)!;
    }
}

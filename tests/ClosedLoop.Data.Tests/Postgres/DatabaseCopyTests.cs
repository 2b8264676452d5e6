using ClosedLoop.Data.Copying;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Notices;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Data.Tests.Postgres;

public class DatabaseCopyTests
{
    [PostgresFact]
    public async Task A_copy_has_every_row_and_goes_on_where_the_source_stood()
    {
        await using var source = new TestDatabase(DatabaseKind.Sqlite);
        var row = await FillAsync(source);
        var stamp = await source.Writer.WriteAsync(context => context.Stamp);
        var target = await EmptyAsync();
        var copied = new DatabaseCopy(source.Database, target).Run(_ => { }, CancellationToken.None);
        Assert.Equal(500, copied.Single(table => table.Name == "recipient").Rows);
        Assert.Equal(2, copied.Single(table => table.Name == "event").Rows);

        // The clock of the new machine is behind; numbers and stamps go on all the same.
        source.Clock.Now = source.Clock.Now.AddDays(-9);
        await using var writer = new LedgerWriter(target, source.Clock);
        var ledger = new RecipientLedger(target, writer, source.Clock);
        Assert.Equal(source.Ledger.Count(row.MailingId), ledger.Count(row.MailingId));
        Assert.True(await writer.WriteAsync(context => context.Stamp) > stamp);
        var next = await new MailingStore(target, writer, source.Clock).CreateAsync(new NewMailing { ClientId = 1, ClientVersion = 1, SourceId = 1, SourceVersion = 1, FileId = 1, Name = "next" });
        Assert.True(next.MailingId > row.MailingId);
        await new NoticeStore(target, writer, source.Clock).AddAsync(new NewNotice("other", 1, ["b@example.org"], "s", "b"));
        await AddEventAsync(writer);
        Assert.Equal(new[] { true }, await ledger.ClaimAsync(row.MailingId, [100]));
        Assert.Equal("W208 unsubscribed", ledger.ReadDue(row.MailingId, TestDatabase.ClientId, 7, 8, long.MaxValue, 1, new()).Single().SuppressedBy);
    }

    [PostgresFact]
    public async Task A_database_that_is_not_empty_is_refused_and_stays_as_it_is()
    {
        await using var source = new TestDatabase(DatabaseKind.Sqlite);
        await using var target = new TestDatabase(DatabaseKind.Postgres);
        await source.ImportAsync(5);
        await target.ImportAsync(3);
        Assert.Contains("CL3306", Assert.Throws<CopyRefusedException>(() => new DatabaseCopy(source.Database, target.Database).Run(_ => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Equal(3, target.Scalar("SELECT COUNT(*) FROM recipient"));
        Assert.True(target.Scalar("SELECT COUNT(*) FROM id_sequence") > 0);
    }

    [PostgresFact]
    public async Task A_copy_that_is_broken_off_or_comes_out_otherwise_leaves_nothing()
    {
        await using var source = new TestDatabase(DatabaseKind.Sqlite);
        await FillAsync(source);
        var target = await EmptyAsync();
        using var cancelled = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new DatabaseCopy(source.Database, target).Run(_ => cancelled.Cancel(), cancelled.Token));
        Assert.Equal(0, Rows(target));

        // A server that changes what it is given: the copy is compared, not trusted.
        using (var connection = target.OpenWrite())
        using (var statement = new Statement(connection,
            """
            CREATE FUNCTION change() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN IF NEW.sequence = 77 THEN NEW.attempt := 9; END IF; RETURN NEW; END $$;
            CREATE TRIGGER change BEFORE INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION change()
            """)) statement.Execute();
        var refused = Assert.Throws<CopyRefusedException>(() => new DatabaseCopy(source.Database, target).Run(_ => { }, CancellationToken.None));
        Assert.Contains("CL3307: table ledger", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, Rows(target));
    }

    private static async Task<Database> EmptyAsync()
    {
        var target = Database.Postgres((await PostgresServer.SharedAsync()).CreateDatabase());
        Migrator.Migrate(target, TimeProvider.System);
        return target;
    }

    private static long Rows(Database database)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT (SELECT COUNT(*) FROM ledger) + (SELECT COUNT(*) FROM recipient) + (SELECT COUNT(*) FROM event) + (SELECT COUNT(*) FROM mailing)");
        return statement.Scalar();
    }

    private static async Task<MailingRow> FillAsync(TestDatabase test)
    {
        var row = await test.ImportAndStartAsync(500);
        await test.Ledger.ClaimAsync(row.MailingId, [0, 1, 2]);
        await test.Ledger.RecordAsync([test.Outcome(row, 0, RecipientState.Sent), test.Outcome(row, 1, RecipientState.Failed) with { Reason = "550 no\0body \ud800 here" }]);
        await test.Writer.WriteAsync(context => SuppressionStore.Add(context, TestDatabase.ClientId, "R7@Example.org", SuppressionKind.Unsubscribed, "page", row.MailingId, 7));
        await new NoticeStore(test.Database, test.Writer, test.Clock).AddAsync(new NewNotice("cause", 1, ["a@example.org"], "s", "b"));
        await AddEventAsync(test.Writer);
        test.Clock.Now = test.Clock.Now.AddDays(2);
        await AddEventAsync(test.Writer);
        return row;
    }

    private static Task<int> AddEventAsync(LedgerWriter writer) => writer.WriteAsync(context => context.Execute(
        "INSERT INTO event (kind, client_id, mailing_id, sequence, link_ordinal, automated, occurred_at, recorded, browser) VALUES ($1, 1, 1, 1, 0, 0, 0, $2, 'Firefox')",
        (int)TrackedEventKind.Open, context.Stamp));
}

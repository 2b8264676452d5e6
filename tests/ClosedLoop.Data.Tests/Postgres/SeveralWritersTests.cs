using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Ids;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Testing.Servers;
using Npgsql;
using Xunit.Abstractions;

namespace ClosedLoop.Data.Tests.Postgres;

/// <summary>Silos that share a database.</summary>
public class SeveralWritersTests(ITestOutputHelper output)
{
    [PostgresFact]
    public async Task Two_writers_that_claim_the_same_slices_never_claim_a_recipient_twice()
    {
        const int Slices = 50;
        const int Size = 8;
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        await using var other = new LedgerWriter(test.Database, test.Clock);
        var row = await test.ImportAndStartAsync(Slices * Size);
        RecipientLedger[] ledgers = [test.Ledger, new RecipientLedger(test.Database, other, test.Clock)];
        var won = new int[2];
        for (var slice = 0; slice < Slices; slice++)
        {
            var sequences = Enumerable.Range(slice * Size, Size).ToList();
            var claims = await Task.WhenAll(ledgers.Select(ledger => Task.Run(() => ledger.ClaimAsync(row.MailingId, sequences))));
            for (var i = 0; i < Size; i++) Assert.True(claims[0][i] ^ claims[1][i], $"recipient {sequences[i]} was claimed {(claims[0][i] ? "twice" : "by nobody")}");
            for (var silo = 0; silo < 2; silo++) won[silo] += claims[silo].Count(claimed => claimed);
        }

        output.WriteLine($"the first claimed {won[0]}, the second {won[1]}");
        Assert.Equal(Slices * Size, test.Scalar("SELECT COUNT(*) FROM ledger WHERE state = 1 AND attempt = 1"));
    }

    [PostgresFact]
    public async Task Stamps_increase_in_the_order_of_the_commits_of_all_writers()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        var behind = new SettableClock(test.Clock.Now.AddHours(-1));
        await using var other = new LedgerWriter(test.Database, behind);
        var stamps = (await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            var taken = new List<(long Order, long Stamp)>();
            for (var i = 0; i < 60; i++)
                taken.Add(await (n % 2 == 0 ? test.Writer : other).WriteAsync(context => (IdSequence.Take(context, IdSequence.File), context.Stamp)));
            return taken;
        })))).SelectMany(taken => taken).OrderBy(taken => taken.Order).Select(taken => taken.Stamp).ToList();

        // Writes of one commit share its stamp.
        Assert.Equal(stamps.Order(), stamps);
        Assert.Equal(test.Writer.Commits + other.Commits, test.Scalar("SELECT COUNT(*) FROM write_mark"));
    }

    [PostgresFact]
    public async Task A_cut_off_waits_for_a_transaction_of_another_writer_that_has_an_earlier_stamp()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        await using var other = new LedgerWriter(test.Database, test.Clock);
        using var begun = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var early = test.Writer.WriteAsync(context =>
        {
            context.Execute("INSERT INTO response (mailing_id, sequence, recorded, ordinal, client_id, category, occurred_at, origin) VALUES (1, 1, $1, 0, 1, 1, 1, 'x')", context.Stamp);
            begun.Set();
            gate.Wait();
            return context.Stamp;
        });
        begun.Wait();
        var cutting = new ExportRunStore(test.Database, other).CutAsync(TestDatabase.ClientId, null, (_, _) => "l");
        while (test.Scalar("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") == 0) await Task.Delay(5);
        Assert.False(cutting.IsCompleted);
        gate.Set();
        var run = await cutting;
        Assert.True(run!.CutTo > await early);
        Assert.Equal(1, test.Scalar("SELECT COUNT(*) FROM response WHERE recorded <= $1", run.CutTo));
    }

    /// <summary>As a silo that is stopped amid a COPY leaves it: the server takes that for a statement at work and ends it by none of its timeouts.</summary>
    [PostgresFact]
    public async Task A_writer_frozen_amid_a_copy_does_not_hold_up_the_others()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        await using var other = new LedgerWriter(test.Database, test.Clock);
        using var begun = new ManualResetEventSlim();
        using var thawed = new ManualResetEventSlim();
        var runs = 0;
        var frozen = test.Writer.WriteAsync(context =>
        {
            var id = IdSequence.Take(context, IdSequence.File);
            if (runs++ > 0) return id;
            using var copy = ((NpgsqlConnection)context.Connection).BeginRawBinaryCopy("COPY write_mark FROM STDIN (FORMAT BINARY)");
            begun.Set();
            thawed.Wait();
            return id;
        });
        begun.Wait();
        long next;
        try
        {
            next = await other.WriteAsync(context => IdSequence.Take(context, IdSequence.File)).WaitAsync(TimeSpan.FromMinutes(2));
        }
        finally
        {
            thawed.Set();
        }

        // What it had not committed is gone, and done again under the lock it has to take anew.
        Assert.Equal(next + 1, await frozen);
        Assert.Equal(2, runs);
    }

    /// <summary>As a silo leaves it that is stopped while it hands over a long value: half a message, which the server waits for as long as it must.</summary>
    [PostgresFact]
    public async Task A_writer_frozen_amid_a_message_does_not_hold_up_the_others()
    {
        var server = await PostgresServer.SharedAsync();
        using var proxy = new AnswerLosingProxy(server.Port);
        var connection = server.CreateDatabase();
        await using var test = new TestDatabase(_ => Database.Postgres(connection));
        await using var writer = new LedgerWriter(Database.Postgres(proxy.InFrontOf(connection)), test.Clock);
        var body = new byte[8 << 20];
        proxy.FreezeAfter("INSERT INTO content");
        var runs = 0;
        var frozen = writer.WriteAsync(context =>
        {
            runs++;
            context.Execute("INSERT INTO content (hash, body) VALUES ($1, $2)", "long", body);
            return IdSequence.Take(context, IdSequence.File);
        });
        while (test.Scalar("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND wait_event = 'ClientRead' AND query LIKE 'INSERT INTO content%'") == 0)
            await Task.Delay(5);
        var next = await test.Writer.WriteAsync(context => IdSequence.Take(context, IdSequence.File)).WaitAsync(TimeSpan.FromMinutes(2));
        proxy.Thaw();
        Assert.Equal(next + 1, await frozen);
        Assert.Equal(2, runs);
    }

    [PostgresFact]
    public async Task Stamps_go_on_above_those_of_a_writer_with_a_clock_ahead()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        long last;
        await using (var ahead = new LedgerWriter(test.Database, new SettableClock(test.Clock.Now.AddDays(3)))) last = await ahead.WriteAsync(context => context.Stamp);
        Assert.True(await test.Writer.WriteAsync(context => context.Stamp) > last);
    }
}

using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Ids;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Testing.Servers;
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

    [PostgresFact]
    public async Task Stamps_go_on_above_those_of_a_writer_with_a_clock_ahead()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        long last;
        await using (var ahead = new LedgerWriter(test.Database, new SettableClock(test.Clock.Now.AddDays(3)))) last = await ahead.WriteAsync(context => context.Stamp);
        Assert.True(await test.Writer.WriteAsync(context => context.Stamp) > last);
    }
}

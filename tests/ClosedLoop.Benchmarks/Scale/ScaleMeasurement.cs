using System.Diagnostics;
using ClosedLoop.Data;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Benchmarks.Scale;

/// <summary>
/// The constants of the database, on a PostgreSQL of its own: how long a transaction keeps the line, what a group's claim or record adds (with two sizes of groups: for each, and for each recipient in it), bytes of log for a recipient; and how long the
/// disk takes to flush. Of many runs the fastest tenth counts, because whatever else the machine does only adds.
/// </summary>
internal static class ScaleMeasurement
{
    private const int Many = 64;
    private const int Rounds = 40;

    public static async Task<int> RunAsync(ScaleArguments arguments)
    {
        if (PostgresServer.WhyNot() is { } reason)
        {
            await Console.Error.WriteLineAsync($"not measured: {reason}");
            return 3;
        }

        var server = await PostgresServer.StartAsync();
        await using var running = server.ConfigureAwait(false);
        var connection = server.CreateDatabase();
        var database = Database.Postgres(connection);
        Migrator.Migrate(database, TimeProvider.System);
        var writer = new LedgerWriter(database, TimeProvider.System);
        await using var writing = writer.ConfigureAwait(false);
        var ledger = new RecipientLedger(database, writer, TimeProvider.System);
        var mailing = await FillAsync(database, writer, ledger, Rounds * (Many + 1) * arguments.Group);
        var hold = await ledger.TakeAsync(mailing, 0, int.MaxValue, UnknownPolicy.Hold);

        var next = 0;
        List<double> single = [], many = [];
        var log = Log(server);
        for (var round = 0; round < Rounds; round++)
        {
            single.Add(await TimeAsync(1));
            many.Add(await TimeAsync(Many));
        }

        var bytes = (Log(server) - log) / (double)next;
        var (one, all) = (Fast(single), Fast(many));
        var write = (all - one) / ((2 * Many) - 2);
        Console.WriteLine(FormattableString.Invariant($"transaction without flush {(one / 2) - write:0} µs, a claim or record of {arguments.Group} in it {write:0} µs, {bytes:0} bytes of log a recipient"));
        Console.WriteLine(FormattableString.Invariant($"flush of {arguments.Data}: {Flush(arguments.Data):0} µs"));
        return 0;

        // Microseconds of so many groups' claims in one commit, and their records in another.
        async Task<double> TimeAsync(int groups)
        {
            var sequences = Enumerable.Range(0, groups).Select(_ => Enumerable.Range(next, arguments.Group).ToArray().Also(() => next += arguments.Group)).ToList();
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(sequences.Select(group => ledger.ClaimAsync(mailing, group, hold: hold)));
            await Task.WhenAll(sequences.Select(group => ledger.RecordAsync([.. group.Select(sequence => Sent(mailing, sequence))], hold)));
            return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
    }

    private static T Also<T>(this T value, Action action)
    {
        action();
        return value;
    }

    private static SendOutcome Sent(long mailing, int sequence) => new()
    {
        MailingId = mailing,
        ClientId = 1,
        Sequence = sequence,
        Address = "reader@example.org",
        State = RecipientState.Sent,
        DoneAt = 1,
        ReplyCode = 250,
    };

    private static double Fast(List<double> times) => times.Order().ElementAt(times.Count / 10);

    private static long Log(PostgresServer server) => long.Parse(server.Execute("t1", "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<long> FillAsync(Database database, LedgerWriter writer, RecipientLedger ledger, int recipients)
    {
        var mailings = new MailingStore(database, writer, TimeProvider.System);
        var row = await mailings.CreateAsync(new NewMailing { ClientId = 1, ClientVersion = 1, SourceId = 1, SourceVersion = 1, FileId = 1, Name = "scale" });
        await ledger.ImportAsync(row.MailingId, 0, [.. Enumerable.Range(0, recipients).Select(_ => new ImportedRecipient("reader@example.org", new byte[200]))]);
        await writer.WriteAsync(context => RecipientLedger.Publish(context, 1));
        await mailings.MoveAsync(row.MailingId, MailingState.Queued, MailingState.Prepared);
        await mailings.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Queued);
        return row.MailingId;
    }

    /// <summary>Microseconds that one page, written behind the end of a file, takes to be on the disk.</summary>
    private static double Flush(string folder)
    {
        var path = Path.Combine(folder, $"closedloop-flush-{Environment.ProcessId}");
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[8192];
            var times = new List<double>();
            for (var i = 0; i < 200; i++)
            {
                var started = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }

            return times.Order().ElementAt(times.Count / 2);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

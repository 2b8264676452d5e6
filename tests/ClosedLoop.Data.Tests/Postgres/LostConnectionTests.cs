using System.Globalization;
using ClosedLoop.Data.Ids;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Data.Tests.Postgres;

/// <summary>What a write does that counts: each must take effect exactly once, whatever becomes of its connection.</summary>
public class LostConnectionTests(ITestOutputHelper output)
{
    private const int Writers = 6;
    private const int Restarts = 5;

    [PostgresFact]
    public async Task Every_awaited_write_takes_effect_once_while_the_database_is_restarted()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var test = new TestDatabase(_ => Database.Postgres(server.CreateDatabase()));
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var ended = new CancellationTokenSource();
        var written = new long[Writers];
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await CountAsync(test.Writer);
                Interlocked.Increment(ref written[writer]);
            }
        })).ToList();
        for (var restart = 0; restart < Restarts; restart++)
        {
            var until = written.Sum() + random.Next(20, 200);
            while (written.Sum() < until) await Task.Delay(1);
            if (restart % 2 == 0) server.Crash();
            else server.Stop();
            server.StartAgain();
        }

        var after = written.Sum() + Writers;
        while (written.Sum() <= after) await Task.Delay(1);
        await ended.CancelAsync();
        await Task.WhenAll(writers);
        output.WriteLine($"{written.Sum()} writes in {test.Writer.Commits} commits");
        Assert.Equal(written.Sum(), test.Scalar("SELECT next - 1 FROM id_sequence WHERE name = 'file'"));
        Assert.Equal(written.Sum(), test.Scalar("SELECT COUNT(*) FROM content"));
    }

    [PostgresFact]
    public async Task A_commit_whose_answer_was_lost_is_not_made_again()
    {
        var (runs, counted) = await WriteThroughAsync(proxy => proxy.LoseAnswer("COMMIT\0"));
        Assert.Equal((1, 1), (runs, counted));
    }

    [PostgresFact]
    public async Task A_commit_that_never_reached_the_server_is_made_again()
    {
        var (runs, counted) = await WriteThroughAsync(proxy => proxy.LoseRequest("COMMIT\0"));
        Assert.Equal((2, 1), (runs, counted));
    }

    [PostgresFact]
    public async Task A_backend_that_is_killed_amid_a_write_costs_nothing_but_time()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        var runs = 0;
        await test.Writer.WriteAsync(context =>
        {
            Count(context);
            if (runs++ > 0) return;
            using var other = test.Database.OpenWrite();
            using var kill = new Statement(other, "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'closedloop writer%'");
            Assert.Equal(1, kill.Scalar());
        });
        Assert.Equal(2, runs);
        Assert.Equal(1, test.Scalar("SELECT next - 1 FROM id_sequence WHERE name = 'file'"));
    }

    [PostgresFact]
    public async Task A_write_that_breaks_every_connection_fails_alone()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        using var gate = new ManualResetEventSlim();
        var first = test.Writer.WriteAsync(_ => gate.Wait());
        var before = CountAsync(test.Writer);
        var poison = test.Writer.WriteAsync(context => context.Execute("SELECT pg_terminate_backend(pg_backend_pid())"));
        var behind = CountAsync(test.Writer);
        gate.Set();
        await first;
        await before;
        await behind;
        await Assert.ThrowsAnyAsync<Exception>(() => poison);
        Assert.Equal(2, test.Scalar("SELECT next - 1 FROM id_sequence WHERE name = 'file'"));
    }

    [PostgresFact]
    public async Task A_writer_that_is_ended_while_the_database_is_away_says_that_its_writes_failed()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var test = new TestDatabase(_ => Database.Postgres(server.CreateDatabase()));
        server.Crash();
        var write = CountAsync(test.Writer);
        await test.Writer.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => write);
        server.StartAgain();
        Assert.Equal(0, test.Scalar("SELECT next - 1 FROM id_sequence WHERE name = 'file'"));
    }

    [PostgresFact]
    public async Task A_write_that_swallows_an_error_of_the_database_is_not_reported_as_done()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        var write = test.Writer.WriteAsync(context =>
        {
            Count(context);
            try
            {
                context.Execute("INSERT INTO content (hash) VALUES ('x')");
            }
            catch (Npgsql.PostgresException)
            {
                // The transaction is over, whatever this write believes.
            }
        });
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => write);
        Assert.Equal(0, test.Scalar("SELECT COUNT(*) FROM content"));
    }

    private static async Task<(int Runs, long Counted)> WriteThroughAsync(Action<AnswerLosingProxy> lose)
    {
        var server = await PostgresServer.SharedAsync();
        using var proxy = new AnswerLosingProxy(server.Port);
        var connection = server.CreateDatabase();
        await using var test = new TestDatabase(_ => Database.Postgres(connection));
        await using var writer = new LedgerWriter(Database.Postgres(proxy.InFrontOf(connection)), test.Clock);
        lose(proxy);
        var runs = 0;
        await writer.WriteAsync(context =>
        {
            runs++;
            Count(context);
        });
        Assert.Equal(1, proxy.Cuts);
        await CountAsync(writer);
        return (runs, test.Scalar("SELECT next - 2 FROM id_sequence WHERE name = 'file'"));
    }

    private static Task CountAsync(LedgerWriter writer) => writer.WriteAsync(Count);

    private static void Count(WriteContext context) =>
        context.Execute("INSERT INTO content (hash, body) VALUES ($1, $2)", IdSequence.Take(context, IdSequence.File).ToString(CultureInfo.InvariantCulture), Array.Empty<byte>());
}

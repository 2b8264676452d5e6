using System.Data.Common;
using ClosedLoop.Data.Ids;
using Xunit.Abstractions;

namespace ClosedLoop.Data.Tests;

public class LedgerWriterTests(ITestOutputHelper output)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Writes_that_queue_up_share_commits(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        using var gate = new ManualResetEventSlim();
        var before = test.Writer.Commits;
        var first = test.Writer.WriteAsync(_ => gate.Wait());
        var others = Enumerable.Range(0, 200).Select(i => Put(test.Writer, $"k{i}")).ToList();
        gate.Set();
        await first;
        await Task.WhenAll(others);
        Assert.InRange(test.Writer.Commits - before, 1, 2);
        Assert.Equal(200, test.Scalar("SELECT COUNT(*) FROM content"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Failing_write_fails_alone_and_its_neighbours_commit(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        await Put(test.Writer, "taken");
        using var gate = new ManualResetEventSlim();
        var first = test.Writer.WriteAsync(_ => gate.Wait());
        var left = Put(test.Writer, "left");
        var constraint = Put(test.Writer, "taken");
        var thrown = test.Writer.WriteAsync(context =>
        {
            context.Execute("INSERT INTO content (hash, body) VALUES ('half', $1)", Array.Empty<byte>());
            throw new InvalidOperationException("by the caller");
        });
        var right = Put(test.Writer, "right");
        gate.Set();
        await first;
        await left;
        await right;
        await Assert.ThrowsAnyAsync<DbException>(() => constraint);
        await Assert.ThrowsAsync<InvalidOperationException>(() => thrown);
        Assert.Equal(3, test.Scalar("SELECT COUNT(*) FROM content WHERE hash IN ('taken', 'left', 'right')"));
        Assert.Equal(0, test.Scalar("SELECT COUNT(*) FROM content WHERE hash = 'half'"));
        await Put(test.Writer, "after");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Stamps_strictly_increase_while_the_clock_stands_still_or_goes_back(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var stamps = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            if (i == 10) test.Clock.Now = test.Clock.Now.AddHours(-1);
            stamps.Add(await test.Writer.WriteAsync(context => context.Stamp));
        }

        Assert.Equal(stamps.Distinct().Order(), stamps);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Clock_set_back_below_an_exported_cut_off_lets_nothing_slip_in_before_it(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var cut = test.Now + 60_000_000;
        await test.Writer.WriteAsync(context => context.Execute(
            "INSERT INTO export_run (run_id, scope, label, cut_from, cut_to, recorded) VALUES (1, 's', 'l', 0, $1, $2)", cut, context.Stamp));
        test.Clock.Now = test.Clock.Now.AddDays(-3);
        await test.RestartAsync();
        Assert.True(await test.Writer.WriteAsync(context => context.Stamp) > cut);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Stamps_strictly_increase_over_a_restart_with_the_clock_set_back(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        long last = 0;
        for (var i = 0; i < 5; i++)
        {
            test.Clock.Now = test.Clock.Now.AddMilliseconds(700);
            last = await test.Writer.WriteAsync(context => context.Stamp);
        }

        test.Clock.Now = test.Clock.Now.AddDays(-1);
        await test.RestartAsync();
        Assert.True(await test.Writer.WriteAsync(context => context.Stamp) > last);
    }

    [Fact]
    public async Task Reservation_of_stamps_taken_back_by_a_failed_commit_is_made_again()
    {
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        test.Clock.Now = test.Clock.Now.AddHours(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Writer.WriteAsync(_ => throw new InvalidOperationException()));
        var last = await test.Writer.WriteAsync(context => context.Stamp);
        Assert.True(test.Scalar("SELECT next FROM id_sequence WHERE name = 'stamp'") >= last);
    }

    [Fact]
    public async Task Awaited_write_survives_the_kill_of_the_process()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        await test.Writer.DisposeAsync();
        for (var kill = 0; kill < 3; kill++)
        {
            using var child = ChildProcess.Start("write-until-killed", test.Database.Path);
            var acknowledged = new List<string>();
            var stopAfter = random.Next(1, 300);
            while (acknowledged.Count < stopAfter && await child.StandardOutput.ReadLineAsync() is { } line) acknowledged.Add(line);
            child.Kill();
            await child.WaitForExitAsync();
            foreach (var hash in acknowledged) Assert.Equal(1, test.Scalar("SELECT COUNT(*) FROM content WHERE hash = $1", hash));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Id_blocks_never_overlap(DatabaseKind kind)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var test = new TestDatabase(kind);
        var sizes = Enumerable.Range(0, 300).Select(_ => random.Next(1, 1000)).ToList();
        var blocks = await Task.WhenAll(sizes.Select(async size =>
            (First: await test.Writer.WriteAsync(context => IdSequence.Take(context, IdSequence.Recipient, size)), Size: size)));
        var next = 25_000_000_001;
        foreach (var (first, size) in blocks.OrderBy(block => block.First))
        {
            Assert.True(first >= next, $"block {first} begins inside the one before, which ends at {next}");
            next = first + size;
        }
    }

    private static Task Put(LedgerWriter writer, string hash) =>
        writer.WriteAsync(context => { context.Execute("INSERT INTO content (hash, body) VALUES ($1, $2)", hash, Array.Empty<byte>()); });
}

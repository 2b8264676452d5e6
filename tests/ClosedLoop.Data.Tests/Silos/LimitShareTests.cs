using ClosedLoop.Data.Silos;
using Xunit.Abstractions;

namespace ClosedLoop.Data.Tests.Silos;

public class LimitShareTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task One_silo_has_all_and_two_have_half_each_after_the_first_has_let_go()
    {
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        var store = new LimitShareStore(test.Writer);
        Assert.Equal(100, await TakeAsync(store, "a", held: 0));
        Assert.Equal(0, await TakeAsync(store, "b", held: 0));

        // a hears of its smaller part, but what it had counts until it asks without it.
        Assert.Equal(50, await TakeAsync(store, "a", held: 100));
        Assert.Equal(0, await TakeAsync(store, "b", held: 0));
        Assert.Equal(50, await TakeAsync(store, "a", held: 50));
        Assert.Equal(50, await TakeAsync(store, "b", held: 0));
    }

    [Fact]
    public async Task The_part_of_a_silo_that_is_gone_comes_back_when_its_time_is_over()
    {
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        var store = new LimitShareStore(test.Writer);
        Assert.Equal(100, await TakeAsync(store, "a", held: 0));
        test.Clock.Now += Lease / 2;
        Assert.Equal(0, await TakeAsync(store, "b", held: 0));
        test.Clock.Now += Lease / 2;
        Assert.Equal(100, await TakeAsync(store, "b", held: 0));
        await store.ReleaseAsync("b");
        Assert.Equal(100, await TakeAsync(store, "a", held: 0));
    }

    [Fact]
    public async Task A_silo_without_use_for_it_gets_none_and_odd_units_go_round()
    {
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        var store = new LimitShareStore(test.Writer);
        Assert.Equal(0, await TakeAsync(store, "idle", held: 0, wanted: false));
        var seen = new HashSet<(long A, long B)>();
        var (a, b) = (0L, 0L);
        for (var i = 0; i < 40; i++)
        {
            a = (await store.TakeAsync("a", [new LimitClaim("x", 1, a, Wanted: true)], Lease))[0];
            b = (await store.TakeAsync("b", [new LimitClaim("x", 1, b, Wanted: true)], Lease))[0];
            Assert.InRange(a + b, 0, 1);
            seen.Add((a, b));
            test.Clock.Now += TimeSpan.FromSeconds(2);
        }

        Assert.Contains((1L, 0L), seen);
        Assert.Contains((0L, 1L), seen);
    }

    [Fact]
    public async Task Parts_in_use_never_add_up_to_more_than_the_limit()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var test = new TestDatabase(DatabaseKind.Sqlite);
        var store = new LimitShareStore(test.Writer);
        const long total = 1_000;
        var used = new (long Units, DateTimeOffset Until)[5];
        for (var i = 0; i < 3_000; i++)
        {
            test.Clock.Now += TimeSpan.FromMilliseconds(random.Next(700));
            var silo = random.Next(used.Length);

            // A silo stops of itself when its time is over, an eighth early; some do not ask for long, as if they were frozen.
            if (used[silo].Until < test.Clock.Now) used[silo] = default;
            var units = (await store.TakeAsync($"silo{silo}", [new LimitClaim("x", total, used[silo].Units, random.Next(4) > 0)], Lease))[0];
            used[silo] = (units, test.Clock.Now + (Lease * 7 / 8));
            Assert.InRange(used.Where(part => part.Until >= test.Clock.Now).Sum(part => part.Units), 0, total);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_duty_has_one_holder(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var store = new DutyStore(test.Writer);
        Assert.True(await store.TryHoldAsync("watch", "a", TimeSpan.FromMinutes(5)));
        Assert.False(await store.TryHoldAsync("watch", "b", TimeSpan.FromMinutes(5)));
        Assert.True(await store.TryHoldAsync("watch", "a", TimeSpan.Zero));
        Assert.True(await store.TryHoldAsync("watch", "b", TimeSpan.FromMinutes(5)));
        await store.ReleaseAsync("watch", "a");
        Assert.False(await store.TryHoldAsync("watch", "a", TimeSpan.FromMinutes(5)));
        await store.ReleaseAsync("watch", "b");
        Assert.True(await store.TryHoldAsync("watch", "a", TimeSpan.FromMinutes(5)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_first_silo_says_how_all_must_be(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var facts = new SiloFacts(test.Database, test.Writer);
        Assert.Equal("one", await facts.AgreeAsync("key", "one"));
        Assert.Equal("one", await facts.AgreeAsync("key", "other"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Parts_are_given_on_either_database(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var store = new LimitShareStore(test.Writer);
        Assert.Equal(new[] { 100L, 7L }, await store.TakeAsync("a", [new LimitClaim("x", 100, 0, Wanted: true), new LimitClaim("y", 7, 0, Wanted: true)], Lease));
        Assert.Equal(new[] { 0L }, await store.TakeAsync("b", [new LimitClaim("x", 100, 0, Wanted: true)], Lease));
    }

    private static async Task<long> TakeAsync(LimitShareStore store, string silo, long held, bool wanted = true) =>
        (await store.TakeAsync(silo, [new LimitClaim("x", 100, held, wanted)], Lease))[0];
}

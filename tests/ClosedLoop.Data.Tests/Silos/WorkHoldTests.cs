using ClosedLoop.Data.Silos;

namespace ClosedLoop.Data.Tests.Silos;

/// <summary>Who was overtaken writes nothing, whatever he believes.</summary>
public sealed class WorkHoldTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_was_overtaken_writes_nothing_and_is_told(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var holds = new WorkHolds(test.Database, test.Writer);
        var old = await holds.TakeAsync("orders/a");
        await UnderAsync(old, () => WriteAsync(test, "one"));
        var next = await holds.TakeAsync("orders/a");

        // Frozen until now, the old one goes on.
        Assert.False(old.IsLost);
        await Assert.ThrowsAsync<OvertakenException>(() => UnderAsync(old, () => WriteAsync(test, "two")));
        await Eventually(() => old.IsLost);
        await UnderAsync(next, () => WriteAsync(test, "three"));
        Assert.False(next.IsLost);
        Assert.Equal(0, test.Scalar("SELECT COUNT(*) FROM silo_fact WHERE name = 'two'"));
        Assert.Equal(2, test.Scalar("SELECT COUNT(*) FROM silo_fact"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Other_work_and_writes_without_a_hold_go_on(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var holds = new WorkHolds(test.Database, test.Writer);
        var other = await holds.TakeAsync("orders/b");
        var old = await holds.TakeAsync("orders/a");
        await holds.TakeAsync("orders/a");
        var writes = new[] { UnderAsync(old, () => WriteAsync(test, "refused")), UnderAsync(other, () => WriteAsync(test, "other")), WriteAsync(test, "free") };
        await Assert.ThrowsAsync<OvertakenException>(() => writes[0]);
        await Task.WhenAll(writes[1], writes[2]);
        Assert.Equal(2, test.Scalar("SELECT COUNT(*) FROM silo_fact"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_leaves_the_database_is_asked_for_beforehand(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var holds = new WorkHolds(test.Database, test.Writer);
        WorkHold.Confirm();
        var old = await holds.TakeAsync("optimove/a");
        await UnderAsync(old, ConfirmAsync);
        await holds.TakeAsync("optimove/a");
        await Assert.ThrowsAsync<OvertakenException>(() => UnderAsync(old, ConfirmAsync));
        await Eventually(() => old.IsLost);
        WorkHold.Confirm();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task No_two_holds_are_the_same_also_when_they_are_taken_at_once(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var holds = new WorkHolds(test.Database, test.Writer);
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => holds.TakeAsync("orders/a")));
        var standing = 0;
        foreach (var hold in taken)
        {
            try
            {
                await UnderAsync(hold, ConfirmAsync);
                standing++;
            }
            catch (OvertakenException)
            {
                // All but the newest.
            }
        }

        Assert.Equal(1, standing);
    }

    private static async Task UnderAsync(WorkHold hold, Func<Task> work)
    {
        using var scope = hold.Enter();
        await work();
    }

    private static Task ConfirmAsync()
    {
        WorkHold.Confirm();
        return Task.CompletedTask;
    }

    private static Task<int> WriteAsync(TestDatabase test, string name) =>
        test.Writer.WriteAsync(context => context.Execute("INSERT INTO silo_fact (name, value) VALUES ($1, '')", name));

    private static async Task Eventually(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(5);
    }
}

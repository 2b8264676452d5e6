using ClosedLoop.Data.Orders;
using ClosedLoop.Data.Silos;

namespace ClosedLoop.Data.Tests.Orders;

/// <summary>Copies of an order's files, kept where another silo finds them.</summary>
public sealed class OrderCopyTests
{
    [Theory]
    [OnPostgres(0)]
    [OnPostgres(1)]
    [OnPostgres(OrderCopyStore.PartBytes)]
    [OnPostgres(OrderCopyStore.PartBytes + 1)]
    [OnPostgres((3 * OrderCopyStore.PartBytes) - 1)]
    public async Task A_file_comes_back_as_it_was(DatabaseKind kind, int length)
    {
        await using var test = new TestDatabase(kind);
        var copies = new OrderCopyStore(test.Database, test.Writer);
        var content = Bytes(length);
        await copies.KeepAsync(7, "order.xml", new MemoryStream(Bytes(length + 100_000)));
        await copies.KeepAsync(7, "order.xml", new MemoryStream(content));
        await copies.KeepAsync(8, "order.xml", new MemoryStream([1]));
        Assert.Equal(["order.xml"], copies.Names(7));
        Assert.Equal(content, Read(copies, 7));
        await test.Writer.WriteAsync(context => OrderCopyStore.Replace(context, 7, "order.xml", [2, 3]));
        Assert.Equal([2, 3], Read(copies, 7));
        Assert.Equal([1], Read(copies, 8));
    }

    [Theory, OnPostgres]
    public async Task A_silo_that_was_overtaken_changes_no_copy(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var copies = new OrderCopyStore(test.Database, test.Writer);
        var holds = new WorkHolds(test.Database, test.Writer);
        var old = await holds.TakeAsync("orders/a");
        await holds.TakeAsync("orders/a");
        await copies.KeepAsync(7, "order.xml", new MemoryStream([1, 2]));
        await Assert.ThrowsAsync<OvertakenException>(async () =>
        {
            using var scope = old.Enter();
            await copies.KeepAsync(7, "order.xml", new MemoryStream([3]));
        });
        Assert.Equal([1, 2], Read(copies, 7));
    }

    [Theory, OnSqlite]
    public async Task Beside_a_file_on_the_same_disk_nothing_is_kept(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        Assert.False(new OrderCopyStore(test.Database, test.Writer).IsKept);
    }

    private static byte[] Read(OrderCopyStore copies, long operation)
    {
        using var target = new MemoryStream();
        copies.Read(operation, "order.xml", target);
        return target.ToArray();
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}

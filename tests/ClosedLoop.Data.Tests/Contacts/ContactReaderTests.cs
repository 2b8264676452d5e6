using System.Text;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Tests.Contacts;

public class ContactReaderTests
{
    private static readonly ContactLayout Layout = new(TestDatabase.ClientId, 1, ["email"]);

    [Theory, OnSqlite, OnPostgres]
    public async Task Rows_of_a_code_come_in_their_order_however_they_lie(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var store = new ContactStore(test.Database, test.Writer, test.Clock);

        // The rows of 2 stand together, those of 4 far apart, those of 6 between and around others.
        await AddAsync(store, code: 4, "d0");
        await AddAsync(store, code: 2, "a0", "a1", "a2");
        await AddAsync(store, code: 6, "b0");
        await AddAsync(store, code: 0, "c0", "c1");
        await AddAsync(store, code: 6, "b1", "b2");
        await AddAsync(store, code: 0, [.. Enumerable.Range(2, 60).Select(n => $"c{n}")]);
        await AddAsync(store, code: 4, "d1");

        Assert.Equal(["a0", "a1", "a2"], Read(store, 2));
        Assert.Equal(["b0", "b1", "b2"], Read(store, 6));
        Assert.Equal(["d0", "d1"], Read(store, 4));
        Assert.Empty(Read(store, 8));
        Assert.Equal(70, Read(store, code: null).Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_written_with_a_chunk_fails_with_it(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var store = new ContactStore(test.Database, test.Writer, test.Clock);
        using var block = Block("a0");
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.InsertAsync(Layout, block, 2, supplied: null, _ => throw new InvalidOperationException("the record of the chunk")));
        Assert.Empty(Read(store, 2));
    }

    private static async Task AddAsync(ContactStore store, long code, params string[] addresses)
    {
        using var block = Block(addresses);
        await store.InsertAsync(Layout, block, code, supplied: null);
    }

    private static RecipientBlock Block(params string[] addresses)
    {
        var block = new RecipientBlock();
        foreach (var address in addresses)
        {
            var start = block.Position;
            RecipientFields.Write(block, Encoding.UTF8.GetBytes(address), isNull: false);
            block.Add(new BlockRow(0, block.Count, start, 0, start, block.Position - start));
        }

        return block;
    }

    private static List<string> Read(ContactStore store, long? code)
    {
        var found = new List<string>();
        using var reader = store.Read(Layout.ClientId, Layout.DatabaseId, code);
        int[] starts = [0], lengths = [0];
        while (reader.Read())
        {
            RecipientFields.Index(reader.Fields, starts, lengths);
            found.Add(Encoding.UTF8.GetString(reader.Fields.Slice(starts[0], lengths[0])));
        }

        return found;
    }
}

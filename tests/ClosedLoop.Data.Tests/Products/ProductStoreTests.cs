using System.Text;
using ClosedLoop.Data.Products;
using ClosedLoop.Model.Products;
using Xunit.Abstractions;

namespace ClosedLoop.Data.Tests.Products;

/// <summary>Whatever is loaded, each version is afterwards what it was when it was put in force.</summary>
public sealed class ProductStoreTests(ITestOutputHelper output)
{
    private const ProductKind Kind = ProductKind.Products;

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_version_reads_as_it_was_put_in_force_also_after_loads_that_broke_off(DatabaseKind kind)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var test = new TestDatabase(kind);
        var store = new ProductStore(test.Database, test.Writer);
        var reader = new ProductReader(test.Database);
        var versions = new Dictionary<long, Dictionary<string, string>> { [0] = [] };
        for (var load = 0; load < 12; load++)
        {
            var version = await store.BeginAsync(TestDatabase.ClientId);
            Assert.Equal(versions.Keys.Max() + 1, version);
            var held = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var chunk = 0; chunk < 4; chunk++)
            {
                var rows = Enumerable.Range(0, random.Next(0, 30)).Select(_ => (Id: "P-" + random.Next(40), Body: random.Next(5) == 0 ? "" : "body " + random.Next(3))).ToList();
                foreach (var (id, body) in rows) held[id] = body;
                await store.WriteAsync(TestDatabase.ClientId, Kind, version, [.. rows.Select(row => new ProductRow(row.Id, Encoding.UTF8.GetBytes(row.Body)))]);
            }

            await store.EndMissingAsync(TestDatabase.ClientId, Kind, version, held.ContainsKey);
            if (random.Next(3) == 0) continue; // broke off: the next begins again
            await store.PublishAsync(TestDatabase.ClientId, Kind, version, 1, new ProductCounts(held.Count, 0));
            versions[version] = held;
        }

        foreach (var (version, held) in versions)
        {
            var read = reader.All(TestDatabase.ClientId, version, Kind).ToDictionary(row => row.Id, row => Encoding.UTF8.GetString(row.Body.Span), StringComparer.Ordinal);
            Assert.Equal(held.OrderBy(row => row.Key, StringComparer.Ordinal), read.OrderBy(row => row.Key, StringComparer.Ordinal));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_row_that_is_as_it_was_is_not_written_again(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var store = new ProductStore(test.Database, test.Writer);
        for (var load = 0; load < 2; load++)
        {
            var version = await store.BeginAsync(TestDatabase.ClientId);
            await store.WriteAsync(TestDatabase.ClientId, Kind, version, [new ProductRow("same", "as ever"u8.ToArray()), new ProductRow("other", new[] { (byte)load })]);
            await store.EndMissingAsync(TestDatabase.ClientId, Kind, version, _ => true);
            await store.PublishAsync(TestDatabase.ClientId, Kind, version, 1, new ProductCounts(2, 0));
        }

        Assert.Equal(1, test.Scalar("SELECT COUNT(*) FROM product_row WHERE id = 'same'"));
        Assert.Equal(2, test.Scalar("SELECT COUNT(*) FROM product_row WHERE id = 'other'"));
    }
}

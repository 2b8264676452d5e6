using ClosedLoop.Data.Products;

namespace ClosedLoop.Delivery.Products;

/// <summary>Versions of product data in use; when there are too many, the one not used for longest goes.</summary>
internal sealed class ProductDataSets(ProductReader reader, ProductCacheLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long ClientId, long Version), Entry> _entries = [];
    private long _turn;

    public ProductData Get(long clientId, long version)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue((clientId, version), out entry))
            {
                if (_entries.Count >= limits.Versions) _entries.Remove(_entries.MinBy(e => e.Value.Turn).Key);

                // A database that cannot be read now must not be remembered as if it never could.
                _entries.Add((clientId, version), entry = new Entry(new Lazy<ProductData>(() => new ProductData(reader, clientId, version, limits), LazyThreadSafetyMode.PublicationOnly)));
            }

            entry.Turn = ++_turn;
        }

        return entry.Data.Value;
    }

    private sealed class Entry(Lazy<ProductData> data)
    {
        public Lazy<ProductData> Data { get; } = data;

        public long Turn { get; set; }
    }
}

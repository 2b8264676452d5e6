namespace ClosedLoop.Delivery.Products;

/// <summary>What was looked up lately, found or not: two generations, of which the older goes when the younger is full.</summary>
/// <param name="maxBytes">Room of one generation.</param>
internal sealed class RecentCache<T>(long maxBytes)
    where T : class
{
    /// <summary>What an entry takes besides its content, roughly.</summary>
    private const int Overhead = 128;

    private readonly Lock _lock = new();
    private Dictionary<string, T?> _young = new(StringComparer.Ordinal);
    private Dictionary<string, T?> _old = new(StringComparer.Ordinal);
    private long _bytes;

    public bool TryGet(string key, out T? value)
    {
        lock (_lock) return _young.TryGetValue(key, out value) || _old.TryGetValue(key, out value);
    }

    public void Set(string key, T? value, int size)
    {
        lock (_lock)
        {
            if (_bytes > maxBytes)
            {
                (_old, _young, _bytes) = (_young, new Dictionary<string, T?>(StringComparer.Ordinal), 0);
            }

            _young[key] = value;
            _bytes += size + Overhead;
        }
    }
}

using System.Collections.Frozen;
using ClosedLoop.Data.Products;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Delivery.Products;

/// <summary>
/// One kind of product data of one version, which never changes: all of it in memory when it is small, else what was asked for lately. Callers
/// that know a batch of ids in advance ask for them at once.
/// </summary>
internal sealed class ProductTable<T>
    where T : class
{
    private readonly Func<IReadOnlyCollection<string>, IReadOnlyList<ProductRow>> _some;
    private readonly Func<ProductRow, T> _decode;
    private readonly FrozenDictionary<string, T>? _all;
    private readonly RecentCache<T> _recent;

    public ProductTable(ProductReader reader, long clientId, long version, ProductKind kind, ProductCacheLimits limits, Func<ProductRow, T> decode)
    {
        _decode = decode;
        _recent = new RecentCache<T>(limits.RecentBytes);
        _some = ids => reader.Some(clientId, version, kind, ids);
        var counts = version == 0 ? default : reader.Count(clientId, version, kind);
        if (counts.Rows == 0) _all = FrozenDictionary<string, T>.Empty;
        else if (counts.Bytes + (counts.Rows * 64) <= limits.WholeBytes) _all = reader.All(clientId, version, kind).ToFrozenDictionary(row => row.Id, decode, StringComparer.Ordinal);
    }

    /// <summary>Nothing is read any more.</summary>
    public bool IsWhole => _all is not null;

    public T? Find(string id)
    {
        if (_all is not null) return _all.GetValueOrDefault(id);
        if (_recent.TryGet(id, out var value)) return value;
        Load([id]);
        return _recent.TryGet(id, out value) ? value : null;
    }

    /// <summary>Reads what is not known of these.</summary>
    public void Warm(IReadOnlyCollection<string> ids)
    {
        if (_all is not null) return;
        var unknown = ids.Where(id => !_recent.TryGet(id, out _)).ToList();
        if (unknown.Count > 0) Load(unknown);
    }

    private void Load(List<string> ids)
    {
        var absent = ids.ToHashSet(StringComparer.Ordinal);
        foreach (var row in _some(ids))
        {
            absent.Remove(row.Id);
            _recent.Set(row.Id, _decode(row), row.Body.Length);
        }

        foreach (var id in absent) _recent.Set(id, value: null, id.Length);
    }
}

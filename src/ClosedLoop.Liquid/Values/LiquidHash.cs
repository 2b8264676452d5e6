namespace ClosedLoop.Liquid.Values;

/// <summary>Names and values in the order they were added.</summary>
internal sealed class LiquidHash
{
    private readonly OrderedDictionary<string, LiquidValue> _entries = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    public LiquidValue this[string key]
    {
        get => _entries.GetValueOrDefault(key);
        set => _entries[key] = value;
    }

    public bool TryGet(string key, out LiquidValue value) => _entries.TryGetValue(key, out value);

    public KeyValuePair<string, LiquidValue> At(int index) => _entries.GetAt(index);

    /// <summary>The entry as Ruby's two-element array, which is what loops over a hash see.</summary>
    public LiquidValue PairAt(int index)
    {
        var (key, value) = _entries.GetAt(index);
        return LiquidValue.FromArray([LiquidValue.FromString(key), value]);
    }
}

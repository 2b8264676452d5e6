namespace ClosedLoop.Liquid.Values;

/// <summary>Names and values in the order they were added.</summary>
internal sealed class LiquidHash
{
    /// <summary>Up to here comparing all keys is quicker than hashing one.</summary>
    private const int MaxScanned = 8;

    private string[] _keys = [];
    private LiquidValue[] _values = [];
    private Dictionary<string, int>? _index;

    public int Count { get; private set; }

    public LiquidValue this[string key]
    {
        get => TryGet(key, out var value) ? value : LiquidValue.Nil;
        set
        {
            var at = IndexOf(key);
            if (at >= 0)
            {
                _values[at] = value;
            }
            else
            {
                Add(key, value);
            }
        }
    }

    public bool TryGet(string key, out LiquidValue value)
    {
        var at = IndexOf(key);
        value = at < 0 ? default : _values[at];
        return at >= 0;
    }

    /// <summary>Looks first where the key stood in another hash: objects of one list have their keys in one order.</summary>
    public bool TryGet(string key, ref int hint, out LiquidValue value)
    {
        var at = hint;
        if ((uint)at < (uint)Count && _keys[at] == key)
        {
            value = _values[at];
            return true;
        }

        at = IndexOf(key);
        if (at < 0)
        {
            value = default;
            return false;
        }

        hint = at;
        value = _values[at];
        return true;
    }

    public KeyValuePair<string, LiquidValue> At(int index) => KeyValuePair.Create(_keys[index], _values[index]);

    /// <summary>The entry as Ruby's two-element array, which is what loops over a hash see.</summary>
    public LiquidValue PairAt(int index) => LiquidValue.FromArray([LiquidValue.FromString(_keys[index]), _values[index]]);

    private int IndexOf(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out var at) ? at : -1;
        }

        for (var i = 0; i < Count; i++)
        {
            if (_keys[i] == key)
            {
                return i;
            }
        }

        return -1;
    }

    private void Add(string key, in LiquidValue value)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(4, Count * 2));
            Array.Resize(ref _values, _keys.Length);
        }

        _keys[Count] = key;
        _values[Count] = value;
        Count++;
        if (_index is not null)
        {
            _index.Add(key, Count - 1);
        }
        else if (Count > MaxScanned)
        {
            _index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < Count; i++)
            {
                _index.Add(_keys[i], i);
            }
        }
    }
}

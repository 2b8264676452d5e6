namespace ClosedLoop.Liquid;

/// <summary>Numbers the variable names of a template and its partials, so that a render finds them in an array. Only grows.</summary>
internal sealed class NameTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private volatile int _count;

    public int Count => _count;

    public int GetId(string name)
    {
        lock (_lock)
        {
            if (!_ids.TryGetValue(name, out var id))
            {
                id = _ids.Count;
                _ids.Add(name, id);
                _count = _ids.Count;
            }

            return id;
        }
    }

    /// <summary>The number of a name, or one beyond all arrays when no template mentions it.</summary>
    public int Find(string name)
    {
        lock (_lock)
        {
            return _ids.GetValueOrDefault(name, int.MaxValue);
        }
    }
}

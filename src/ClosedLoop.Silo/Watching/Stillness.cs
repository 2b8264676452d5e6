namespace ClosedLoop.Silo.Watching;

/// <summary>Since when each of many things has not changed.</summary>
internal sealed class Stillness
{
    private readonly Dictionary<string, (string Sign, long Since)> _known = new(StringComparer.Ordinal);

    /// <summary>Microseconds since when the thing shows this sign.</summary>
    /// <param name="key">The thing.</param>
    /// <param name="sign">Everything of it that changes when it moves.</param>
    /// <param name="now">Microseconds.</param>
    public long Since(string key, string sign, long now)
    {
        if (_known.TryGetValue(key, out var known) && known.Sign == sign) return known.Since;
        _known[key] = (sign, now);
        return now;
    }

    /// <summary>Forgets a thing that is in order.</summary>
    public void Forget(string key) => _known.Remove(key);

    /// <summary>Forgets all things but these.</summary>
    public void Keep(IEnumerable<string> keys)
    {
        var kept = keys.ToHashSet(StringComparer.Ordinal);
        foreach (var key in _known.Keys.Where(key => !kept.Contains(key)).ToList()) _known.Remove(key);
    }
}

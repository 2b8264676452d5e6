using System.Collections.Concurrent;

namespace ClosedLoop.Responses.UserAgents;

/// <summary>
/// A bounded cache of two generations: when the young one is full it becomes the old one, and what is asked for again moves back.
/// Senders of invented headers can therefore neither fill the memory nor push out what is in use.
/// </summary>
internal sealed class UserAgentCache(int generation, Func<string, UserAgent> resolve)
{
    private ConcurrentDictionary<string, UserAgent> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, UserAgent> _old = new(StringComparer.Ordinal);

    public int Count => _young.Count + _old.Count;

    public UserAgent Get(string header)
    {
        var young = _young;
        if (young.TryGetValue(header, out var found))
            return found;
        if (!_old.TryGetValue(header, out found))
            found = resolve(header);
        if (young.Count >= generation && Interlocked.CompareExchange(ref _young, new(StringComparer.Ordinal), young) == young)
            _old = young;
        _young[header] = found;
        return found;
    }
}

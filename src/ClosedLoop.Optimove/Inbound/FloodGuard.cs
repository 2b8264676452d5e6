using System.Collections.Concurrent;
using ClosedLoop.Model;

namespace ClosedLoop.Optimove.Inbound;

/// <summary>Counts calls by second. Whoever is refused may call again; nothing of his is kept.</summary>
internal sealed class FloodGuard(TimeProvider time)
{
    private readonly ConcurrentDictionary<(long ClientId, bool Triggers), Second> _seconds = new();

    /// <summary>Whether one more is allowed in this second.</summary>
    public bool Allows(long clientId, bool triggers, int perSecond)
    {
        var second = _seconds.GetOrAdd((clientId, triggers), static _ => new Second());
        var now = time.NowMicroseconds() / 1_000_000;
        lock (second)
        {
            if (second.At != now) (second.At, second.Count) = (now, 0);
            return ++second.Count <= perSecond;
        }
    }

    private sealed class Second
    {
        public long At { get; set; }

        public int Count { get; set; }
    }
}

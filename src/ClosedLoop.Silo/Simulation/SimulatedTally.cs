using System.Collections.Concurrent;

namespace ClosedLoop.Silo.Simulation;

/// <summary>The audience's own book: what was answered as it should be, and nothing else.</summary>
internal sealed class SimulatedTally
{
    private readonly ConcurrentDictionary<Deed, long> _done = new();
    private readonly ConcurrentDictionary<int, bool> _messages = new();
    private long _repeated;
    private long _failed;
    private long _pending;

    /// <summary>People who got a message.</summary>
    public long Messages => _messages.Count;

    /// <summary>Messages to somebody who had one already.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>What was not answered, or not as it should be.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>What is still to be done.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    public long Of(params ReadOnlySpan<Deed> deeds)
    {
        var sum = 0L;
        foreach (var deed in deeds) sum += _done.GetValueOrDefault(deed);
        return sum;
    }

    public bool AddMessage(int index)
    {
        if (_messages.TryAdd(index, true)) return true;
        Interlocked.Increment(ref _repeated);
        return false;
    }

    public void AddDone(Deed deed) => _done.AddOrUpdate(deed, 1, static (_, count) => count + 1);

    public void AddFailed() => Interlocked.Increment(ref _failed);

    public void AddPending(int change) => Interlocked.Add(ref _pending, change);
}

namespace ClosedLoop.Model.Draining;

/// <summary>
/// Whether this process takes anything up. While it is drained no file is claimed and no recipient; what has been begun is ended. Nothing of it is stored: a process that starts is not drained,
/// for starting anew is what draining is for.
/// </summary>
#pragma warning disable CA1001 // a source without a timer holds nothing that has to be given back, and work that ends late still asks for its token
public sealed class DrainSwitch(TimeProvider time)
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _working = new(StringComparer.Ordinal);
    private CancellationTokenSource _stop = new();
    private DrainState? _state;

    /// <summary>Who drains this process and since when; <c>null</c> while it takes work up.</summary>
    public DrainState? State => Volatile.Read(ref _state);

    public bool IsOn => State is not null;

    /// <summary>Cancelled as soon as the process is drained; a later <see cref="Off"/> brings a new one.</summary>
    public CancellationToken Stopping
    {
        get
        {
            lock (_gate) return _stop.Token;
        }
    }

    /// <summary>What is being ended, by kind; empty when the process may be stopped without anything having to be taken up again.</summary>
    public IReadOnlyDictionary<string, int> Working
    {
        get
        {
            lock (_gate) return new Dictionary<string, int>(_working, StringComparer.Ordinal);
        }
    }

    /// <summary>Takes nothing up from now on.</summary>
    /// <returns><c>false</c> when that was so already.</returns>
    public bool On(string by, string? reason)
    {
        CancellationTokenSource stop;
        lock (_gate)
        {
            if (_state is not null) return false;
            _state = new DrainState(time.NowMicroseconds(), by, reason);
            stop = _stop;
        }

        // Outside the gate: whoever hears of it ends its work, and says so to this switch.
        stop.Cancel();
        return true;
    }

    /// <summary>Takes work up again.</summary>
    /// <returns><c>false</c> when it was not drained.</returns>
    public bool Off()
    {
        lock (_gate)
        {
            if (_state is null) return false;
            _state = null;

            // The old one is not disposed of: work that was begun before still holds its token.
            _stop = new CancellationTokenSource();
        }

        return true;
    }

    /// <summary>Counts a piece of work as begun until what is returned is disposed of.</summary>
    /// <param name="kind">In the plural, as people read it: <c>files</c>, <c>batches</c>.</param>
    public IDisposable Begin(string kind)
    {
        lock (_gate) _working[kind] = _working.GetValueOrDefault(kind) + 1;
        return new Work(this, kind);
    }

    private void End(string kind)
    {
        lock (_gate)
        {
            if (--_working[kind] == 0) _working.Remove(kind);
        }
    }

    private sealed class Work(DrainSwitch drain, string kind) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0) drain.End(kind);
        }
    }
}

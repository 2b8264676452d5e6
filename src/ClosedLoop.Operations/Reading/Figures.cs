using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClosedLoop.Operations.Reading;

/// <summary>
/// Keeps figures that take long to count. Each is counted only when somebody looks, and not again before twenty times as long as it took: whatever the size of
/// the database, looking costs at most a twentieth of one processor for each figure, and a page never waits longer than its patience.
/// </summary>
internal sealed class Figures(TimeProvider time)
{
    private const int Share = 20;
    private const int Most = 1_000;
    private static readonly TimeSpan Freshest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private long _counted;

    /// <summary>Figures counted since the start; none is while nobody looks.</summary>
    public long Counted => Interlocked.Read(ref _counted);

    /// <param name="key">What is counted.</param>
    /// <param name="count">Counts it.</param>
    /// <param name="patience">How long to wait for a first or newer one.</param>
    public async Task<Figure<T>> GetAsync<T>(string key, Func<T> count, TimeSpan patience)
        where T : class
    {
        if (_entries.Count > Most) _entries.Clear();
        var entry = _entries.GetOrAdd(key, _ => new Entry());
        var running = entry.Refresh(time, () =>
        {
            Interlocked.Increment(ref _counted);
            return count();
        });
        if (!running.IsCompleted) await Task.WhenAny(running, Task.Delay(patience, time));
        return entry.Read<T>();
    }

    /// <summary>What was counted may have changed by an action: the next look counts anew.</summary>
    public void Forget() => _entries.Clear();

    private sealed class Entry
    {
        private readonly Lock _gate = new();
        private Task? _running;
        private object? _value;
        private Exception? _fault;
        private DateTimeOffset _at;
        private DateTimeOffset _fresh;

        public Task Refresh(TimeProvider time, Func<object> count)
        {
            lock (_gate)
            {
                if (_running is not null) return _running;
                if (time.GetUtcNow() < _fresh) return Task.CompletedTask;
                return _running = Task.Run(() => Count(time, count));
            }
        }

        public Figure<T> Read<T>()
            where T : class
        {
            lock (_gate)
            {
                if (_fault is not null && _value is null) throw new InvalidOperationException("The figure could not be counted.", _fault);
                return new Figure<T>((T?)_value, _at, _running is not null || _fault is not null);
            }
        }

        private void Count(TimeProvider time, Func<object> count)
        {
            var began = time.GetUtcNow();
            var clock = Stopwatch.StartNew();
            object? value = null;
            Exception? fault = null;
            try
            {
                value = count();
            }
#pragma warning disable CA1031 // told to whoever reads the figure
            catch (Exception e)
#pragma warning restore CA1031
            {
                fault = e;
            }

            var pause = TimeSpan.FromTicks(Math.Max(Freshest.Ticks, clock.Elapsed.Ticks * Share));
            lock (_gate)
            {
                (_value, _at, _fault) = fault is null ? (value, began, null) : (_value, _at, fault);
                _fresh = time.GetUtcNow() + pause;
                _running = null;
            }
        }
    }
}

namespace ClosedLoop.Optimove.Api;

/// <summary>
/// At most so many requests in any stretch of the given length: each waits until the request that many places before it is that old. A bucket that is refilled would allow
/// twice as many around its refill.
/// </summary>
internal sealed class SlidingWindow(TimeSpan length, TimeProvider time)
{
    private readonly Queue<long> _taken = new();
    private readonly Lock _lock = new();

    /// <summary>Waits for a place and takes it.</summary>
    /// <param name="limit">Requests in a stretch.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task TakeAsync(int limit, CancellationToken cancellation)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_lock)
            {
                var now = time.GetTimestamp();
                while (_taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= length) _taken.Dequeue();
                if (_taken.Count < limit)
                {
                    _taken.Enqueue(now);
                    return;
                }

                // The place that has to be free is not always the oldest one: the limit may have been lowered.
                wait = length - time.GetElapsedTime(_taken.ElementAt(_taken.Count - limit), now);
            }

            await Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, cancellation);
        }
    }
}

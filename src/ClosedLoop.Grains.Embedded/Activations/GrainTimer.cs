namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// A timer whose ticks are calls of the activation. The next tick is set when one has ended, so slow ticks never pile up.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly GrainActivation _activation;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changedInTick;
    private bool _disposed;

    public GrainTimer(GrainActivation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        Callback = callback;
        KeepAlive = options.KeepAlive;
        Method = options.Interleave ? activation.Class.InterleavingTick : activation.Class.Tick;

        // The tick is nobody's call: it must not carry the async-locals of the call that registered the timer.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _timer = activation.Engine.Time.CreateTimer(static state => ((GrainTimer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Func<CancellationToken, Task> Callback { get; }

    public GrainMethod Method { get; }

    public bool KeepAlive { get; }

    public CancellationToken Stopped => _stopped.Token;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _dueTime = dueTime;
            _period = period;
            if (_ticking)
                _changedInTick = true;
            else
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void EndTick()
    {
        lock (_gate)
        {
            _ticking = false;
            if (_disposed)
                return;
            _timer.Change(_changedInTick ? _dueTime : _period, Timeout.InfiniteTimeSpan);
            _changedInTick = false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        _timer.Dispose();
        _activation.Forget(this);
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, time, "Expected zero, a positive time, or Timeout.InfiniteTimeSpan for never.");
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_disposed || _ticking)
                return;
            _ticking = true;
        }

        if (!_activation.TryAcceptTick(new GrainTimerTick(this, _activation)))
            EndTick();
    }
}

namespace ClosedLoop.Intake.Tests.Orders.Operations;

/// <summary>A clock that leaps over every wait: a timer is due at once, and it is as late then as the timer was long.</summary>
internal sealed class LeapingClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();

    public DateTimeOffset Now { get; private set; } = now;

    /// <summary>Called after each leap.</summary>
    public Action<DateTimeOffset>? Leapt { get; set; }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return Now;
    }

    public void Set(DateTimeOffset now)
    {
        lock (_lock) Now = now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan) return System.CreateTimer(callback, state, dueTime, period);
        lock (_lock) Now += dueTime;
        Leapt?.Invoke(Now);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}

namespace ClosedLoop.Testing;

/// <summary>A clock that stands still until it is set; its timers are those of the machine.</summary>
internal sealed class SettableClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>
/// Orders attempts and holds of the lanes of one relay: an attempt that began before a hold says nothing about it, neither that it should last
/// longer nor that it is over. A counter and not a clock, because two of them may fall on one tick.
/// </summary>
internal sealed class LaneEras
{
    private long _now;

    public long Now => Interlocked.Read(ref _now);

    public long Begin() => Interlocked.Increment(ref _now);
}

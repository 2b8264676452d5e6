namespace ClosedLoop.Model;

/// <summary>Points in time as stored: whole microseconds since 1970-01-01T00:00:00Z.</summary>
public static class Instants
{
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static long NowMicroseconds(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return ToMicroseconds(time.GetUtcNow());
    }
}

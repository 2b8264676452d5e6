namespace ClosedLoop.Operations.Reading;

/// <summary>Messages of a mailing that took about as long.</summary>
/// <param name="UpTo">Microseconds; upper end of the class.</param>
/// <param name="Sent">How many were handed over in that time, and not sooner.</param>
public sealed record LatencyClass(long UpTo, long Sent);

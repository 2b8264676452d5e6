namespace ClosedLoop.Operations.Reading;

/// <summary>When a mailing was to begin, and how fast it may be sent.</summary>
/// <param name="StartAt">Microseconds.</param>
/// <param name="PerSecond">Messages a second; <c>null</c> for as fast as the relay takes them.</param>
/// <param name="SetBy">Which rule says so.</param>
/// <param name="EndAt">Microseconds; when everybody would have his message at that rate, <c>null</c> without one.</param>
public sealed record SendPlan(long StartAt, double? PerSecond, string SetBy, long? EndAt);

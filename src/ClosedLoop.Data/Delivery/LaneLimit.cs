namespace ClosedLoop.Data.Delivery;

/// <summary>A rate that a person has set for a time, in place of the one in the client's definition.</summary>
/// <param name="Name">Name of the lane, as in <see cref="LaneHold.Name"/>.</param>
/// <param name="PerSecond">Messages per second; kept to a thousandth.</param>
/// <param name="Until">Microseconds; then the definition holds again.</param>
/// <param name="Reason">Why.</param>
/// <param name="SetBy">Who.</param>
public sealed record LaneLimit(string Name, double PerSecond, long Until, string Reason, string SetBy);

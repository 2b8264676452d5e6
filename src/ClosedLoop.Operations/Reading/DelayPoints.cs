namespace ClosedLoop.Operations.Reading;

/// <summary>Delivery delay over a time.</summary>
/// <param name="Points">One for each stretch, oldest first, empty ones included.</param>
public sealed record DelayPoints(IReadOnlyList<DelayPoint> Points);

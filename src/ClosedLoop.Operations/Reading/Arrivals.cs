namespace ClosedLoop.Operations.Reading;

/// <summary>Files by the hour in which they came.</summary>
/// <param name="Points">One for each hour, oldest first, empty ones included.</param>
public sealed record Arrivals(IReadOnlyList<ArrivalPoint> Points);

namespace ClosedLoop.Operations.Reading;

/// <summary>Outcomes of the last stretch of time.</summary>
/// <param name="Points">One for each stretch, oldest first, empty ones included.</param>
/// <param name="Width">Length of one, microseconds.</param>
public sealed record Throughput(IReadOnlyList<FlowPoint> Points, long Width)
{
    public long Sent => Points.Sum(point => point.Sent);

    public long Failed => Points.Sum(point => point.Failed);
}

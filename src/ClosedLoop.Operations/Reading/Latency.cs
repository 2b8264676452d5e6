namespace ClosedLoop.Operations.Reading;

/// <summary>How long the messages of a mailing took, from its newest start until they were handed over.</summary>
/// <param name="Classes">Shortest first, from the first class with somebody in it to the last.</param>
/// <param name="Median">Microseconds within which half of them were handed over; upper end of its class, 0 of nothing.</param>
/// <param name="P95">The same for 95 of 100.</param>
public sealed record Latency(IReadOnlyList<LatencyClass> Classes, long Median, long P95)
{
    public long Sent => Classes.Sum(one => one.Sent);
}

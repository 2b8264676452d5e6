namespace ClosedLoop.Operations.Api;

/// <summary>How long the messages of a mailing took since its newest start; median and p95 are upper ends of their classes.</summary>
internal sealed record ApiLatency(long MedianSeconds, long P95Seconds, IReadOnlyList<ApiLatencyClass> Classes);

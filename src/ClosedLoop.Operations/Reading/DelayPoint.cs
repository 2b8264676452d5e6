namespace ClosedLoop.Operations.Reading;

/// <summary>How long messages of one stretch of time took from the start of their mailing until they were handed over.</summary>
/// <param name="At">Beginning of the stretch, microseconds.</param>
/// <param name="Sent">How many were handed over.</param>
/// <param name="Median">Microseconds within which half of them were; upper end of its class.</param>
/// <param name="P95">The same for 95 of 100.</param>
public sealed record DelayPoint(long At, long Sent, long Median, long P95);

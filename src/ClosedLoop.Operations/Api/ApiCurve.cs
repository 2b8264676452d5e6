namespace ClosedLoop.Operations.Api;

/// <summary>How far a mailing was over time, beside its plan: when it was to begin, at how many messages a second (missing for as fast as the relay takes them), by which rule.</summary>
internal sealed record ApiCurve(DateTimeOffset PlannedStart, double? PlannedPerSecond, string PlannedBy, DateTimeOffset? PlannedEnd, IReadOnlyList<ApiCurvePoint> Points);

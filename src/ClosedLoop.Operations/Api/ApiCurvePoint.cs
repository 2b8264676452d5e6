namespace ClosedLoop.Operations.Api;

/// <summary>How far a mailing was at one time.</summary>
internal sealed record ApiCurvePoint(DateTimeOffset At, long Sent, long Settled);

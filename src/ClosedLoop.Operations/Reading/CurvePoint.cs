namespace ClosedLoop.Operations.Reading;

/// <summary>How far a mailing was at one time.</summary>
/// <param name="At">Microseconds.</param>
/// <param name="Sent">Messages handed over until then.</param>
/// <param name="Settled">Recipients with an outcome until then.</param>
public sealed record CurvePoint(long At, long Sent, long Settled);

namespace ClosedLoop.Operations.Reading;

/// <summary>Files that came in one hour.</summary>
/// <param name="At">Its beginning, microseconds.</param>
/// <param name="Files">How many came.</param>
/// <param name="Refused">How many of them were refused, or could not be started, or were given up.</param>
/// <param name="Rows">Recipients imported from them.</param>
public sealed record ArrivalPoint(long At, long Files, long Refused, long Rows);

namespace ClosedLoop.Data.Optimove;

/// <summary>What went over a connector in an hour.</summary>
/// <param name="At">Microseconds; its beginning.</param>
/// <param name="In">Calls of Optimove.</param>
/// <param name="Unused">Those of them of which nobody got a message.</param>
/// <param name="Out">Attributes sent to Optimove.</param>
/// <param name="Refused">Those in requests that were refused, as a whole or in part.</param>
public sealed record ConnectorHour(long At, long In, long Unused, long Out, long Refused);

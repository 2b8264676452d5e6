namespace ClosedLoop.Operations.Ports;

/// <summary>What went over a connection in an hour.</summary>
/// <param name="At">Microseconds; its beginning.</param>
/// <param name="In">Calls that came.</param>
/// <param name="Unused">Those of them that were of no use.</param>
/// <param name="Out">What was sent.</param>
/// <param name="Refused">What of it was refused.</param>
public sealed record TrafficHour(long At, long In, long Unused, long Out, long Refused);

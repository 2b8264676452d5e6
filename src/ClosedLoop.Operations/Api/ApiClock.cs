namespace ClosedLoop.Operations.Api;

/// <summary>This machine's clock beside the database server's, in seconds: how far it is ahead (negative: behind), how exactly that is known, and whether it is more than may be.</summary>
internal sealed record ApiClock(double Ahead, double Exactness, bool IsOff);

namespace ClosedLoop.Data.Silos;

/// <summary>What a silo asks of a limit.</summary>
/// <param name="Name">The limit; all silos call it the same.</param>
/// <param name="Total">Units that all silos may use together.</param>
/// <param name="Held">Units that this silo uses at this moment; it lets go of some before it asks, never after.</param>
/// <param name="Wanted">Whether it has use for any.</param>
public readonly record struct LimitClaim(string Name, long Total, long Held, bool Wanted);

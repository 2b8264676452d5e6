namespace ClosedLoop.Data.Optimove;

/// <summary>Hash of a key that stands in a listener's address.</summary>
/// <param name="Hash">SHA-256 in lower-case hex.</param>
/// <param name="ClientId">Whose it is.</param>
/// <param name="ValidUntil">Microseconds; null for the one in force.</param>
public sealed record AppKeyRow(string Hash, long ClientId, long? ValidUntil);

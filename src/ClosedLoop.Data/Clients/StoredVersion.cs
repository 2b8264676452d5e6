namespace ClosedLoop.Data.Clients;

/// <summary>One version of a definition.</summary>
/// <param name="Version">Its number, from 1 on.</param>
/// <param name="Recorded">Microseconds; when it was stored.</param>
/// <param name="Hash">SHA-256 of its text.</param>
public sealed record StoredVersion(int Version, long Recorded, string Hash);

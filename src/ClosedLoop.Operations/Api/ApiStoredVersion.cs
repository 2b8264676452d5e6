namespace ClosedLoop.Operations.Api;

/// <summary>One version of a source mailing.</summary>
internal sealed record ApiStoredVersion(int Version, DateTimeOffset At, string Sha256);

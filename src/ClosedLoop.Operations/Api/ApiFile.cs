namespace ClosedLoop.Operations.Api;

/// <summary>A file that came in.</summary>
internal sealed record ApiFile(long Id, string Client, string Name, string State, long Size, string Sha256, long Records, long Imported, long Skipped, long Warnings, long Errors, string? Code, string? Message, bool Test, DateTimeOffset ReceivedAt, DateTimeOffset ClaimedAt);

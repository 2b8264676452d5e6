namespace ClosedLoop.Operations.Api;

/// <summary>A mailing. Counts are missing while they are being counted.</summary>
internal sealed record ApiMailing(long Id, string Client, string Name, string State, long SourceId, int SourceVersion, long? WaveId, long FileId, long Accepted, ApiCounts? Counts, bool? AddsUp, int Resends, bool Test, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, double? PerSecond, long? SecondsLeft, long? Complaints);

namespace ClosedLoop.Operations.Api;

/// <summary>How it stands.</summary>
internal sealed record ApiOverview(string Mode, bool Healthy, long? Queue, long? SentLastHour, long? FailedLastHour, DateTimeOffset? NextPoll, DateTimeOffset? NextExport, IReadOnlyList<ApiAttention> Attention);

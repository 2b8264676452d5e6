namespace ClosedLoop.Operations.Api;

/// <summary>Messages that were handed over within so many seconds, and not within those of the class before.</summary>
internal sealed record ApiLatencyClass(long UpToSeconds, long Messages);

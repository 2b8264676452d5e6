namespace ClosedLoop.Operations.Ports;

/// <summary>A mail in the sink.</summary>
public sealed record SinkMail(long Number, DateTimeOffset At, string From, string To, string? MessageId, string? Subject, long Bytes, bool IsKept);

namespace ClosedLoop.Operations.Reading;

/// <summary>Recipients whose outcome is still to come.</summary>
/// <param name="Recipients">How many.</param>
/// <param name="OldestAt">Microseconds; start of the oldest mailing that has some, or <c>null</c>.</param>
public sealed record QueueDepth(long Recipients, long? OldestAt);

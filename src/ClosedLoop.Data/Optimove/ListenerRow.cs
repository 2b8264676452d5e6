namespace ClosedLoop.Data.Optimove;

/// <summary>A listener as we know it. The address has its key cut out.</summary>
/// <param name="EventType">Type of event.</param>
/// <param name="ChannelId">0 for all channels.</param>
/// <param name="Address">With <c>***</c> and the first letters of the key's hash in place of the key.</param>
/// <param name="State"><c>registered</c>, <c>failed</c> or <c>removed</c>.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="RegisteredAt">Microseconds; 0 for never.</param>
/// <param name="LastSeenAt">Microseconds; when Optimove's list last had it.</param>
public sealed record ListenerRow(int EventType, int ChannelId, string Address, string State, string? Reason, long RegisteredAt, long LastSeenAt);

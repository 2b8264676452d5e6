namespace ClosedLoop.Data.Optimove;

/// <summary>A call of Optimove, for looking at.</summary>
/// <param name="EventId">Its number.</param>
/// <param name="Type">Type of event: 4, 11, 13.</param>
/// <param name="Campaign">Which campaign.</param>
/// <param name="ChannelId">Which channel.</param>
/// <param name="ReceivedAt">Microseconds.</param>
/// <param name="State">0 waits, 1 worked on, 2 of no use, 3 not taken.</param>
/// <param name="Reason">Why it was of no use.</param>
/// <param name="Raw">The body as it came.</param>
public sealed record ConnectorCall(long EventId, int Type, string Campaign, int ChannelId, long ReceivedAt, int State, string? Reason, byte[] Raw);

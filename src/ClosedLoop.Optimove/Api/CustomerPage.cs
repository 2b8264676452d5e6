namespace ClosedLoop.Optimove.Api;

/// <summary>One page of a campaign's customers.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="ChannelId">The channel; always given.</param>
/// <param name="Attributes">Real field names wanted, in order.</param>
/// <param name="Top">Most rows. Optimove may send fewer.</param>
/// <param name="Skip">Rows received so far.</param>
internal sealed record CustomerPage(string Campaign, int ChannelId, IReadOnlyList<string> Attributes, int Top, long Skip);

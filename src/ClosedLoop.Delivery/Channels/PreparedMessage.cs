using ClosedLoop.Data.Ledger;

namespace ClosedLoop.Delivery.Channels;

/// <summary>A message that waits for its claim.</summary>
internal sealed record PreparedMessage(DueRecipient Recipient, ChannelMessage Message, ChannelWay Way);

using ClosedLoop.Data.Ledger;

namespace ClosedLoop.Delivery.Channels;

/// <summary>Recipients whose messages are rendered, and those that were settled without one.</summary>
internal sealed class ChannelGroup
{
    public List<PreparedMessage> Messages { get; } = [];

    public List<SendOutcome> Settled { get; } = [];
}

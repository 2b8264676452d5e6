namespace ClosedLoop.Delivery.Channels;

/// <summary>
/// A way to one provider of SMS or push, kept as long as the client's settings stay the same. Safe for concurrent use. What it is asked to send is claimed
/// in the ledger already, so it answers for every message, whatever happens: it does not throw, and is not cancelled.
/// </summary>
public interface IChannelTransport : IAsyncDisposable
{
    /// <summary>Who it leads to: <c>sms-twilio</c>, <c>sms-http</c>, <c>sms-smpp</c>, <c>push-fcm</c>, <c>push-apns</c>. Part of lane names and of the key of receipts.</summary>
    string Provider { get; }

    /// <summary>
    /// Makes what can be made before anybody is claimed: a connection, a token. A provider that cannot be reached must not leave anybody in doubt.
    /// </summary>
    /// <returns>Null when messages can be sent; else why not, as <see cref="ChannelAction.Retry"/> or <see cref="ChannelAction.GiveUp"/> of the scope <see cref="ChannelScope.Provider"/>.</returns>
    Task<ChannelResult?> ReadyAsync(CancellationToken cancellation);

    /// <summary>Why a message cannot be sent by this way at all, found before it is claimed; null when it can.</summary>
    string? Fault(ChannelMessage message);

    /// <summary>
    /// Hands one message over. <see cref="ChannelAction.Retry"/> and <see cref="ChannelAction.GiveUp"/> say that it was surely not taken; whoever cannot tell
    /// says <see cref="ChannelAction.Unknown"/>.
    /// </summary>
    Task<ChannelResult> SendAsync(ChannelMessage message);
}

using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Channels;

/// <summary>A provider that a mailing may use, with its lane.</summary>
/// <param name="Transport">The way to it.</param>
/// <param name="Platform">Whose devices it serves; null for SMS.</param>
/// <param name="Lane">What holds it back.</param>
internal sealed record ChannelWay(IChannelTransport Transport, PushPlatform? Platform, RelayLane Lane)
{
    /// <summary>Whether an address goes this way.</summary>
    public bool Serves(string address) => Platform is null || PushAddress.TryParse(address)?.Platform == Platform;
}

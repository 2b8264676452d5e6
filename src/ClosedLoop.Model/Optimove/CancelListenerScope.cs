namespace ClosedLoop.Model.Optimove;

/// <summary>Whether cancellations are listened to for each channel, or once for all of them (optimove spec section 3.1).</summary>
public enum CancelListenerScope
{
    PerChannel,
    AllChannels,
}

namespace ClosedLoop.Delivery.Channels;

/// <summary>What a refusal is about.</summary>
public enum ChannelScope
{
    /// <summary>This address or this message.</summary>
    Recipient,

    /// <summary>The provider as a whole: it is away, it asks for patience, or it does not let us in. Holds the lane.</summary>
    Provider,
}

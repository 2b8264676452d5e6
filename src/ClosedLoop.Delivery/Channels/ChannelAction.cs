namespace ClosedLoop.Delivery.Channels;

/// <summary>What the sending path may do after a provider was asked to take a message. The counterpart of <see cref="Mail.Smtp.SmtpAction"/>.</summary>
public enum ChannelAction
{
    /// <summary>The provider answers for the message from now on.</summary>
    Accepted,

    /// <summary>Surely not taken; may be asked again.</summary>
    Retry,

    /// <summary>Surely not taken; asking again is of no use.</summary>
    GiveUp,

    /// <summary>It was handed over and no answer came: neither taken nor not. Never repeated unless the client's policy says so.</summary>
    Unknown,
}

namespace ClosedLoop.Model.Clients;

/// <summary>What every channel beside mail has: pace, patience, and what happens in doubt. The counterpart of <see cref="MailSettings"/>.</summary>
public abstract record ChannelPolicy
{
    /// <summary>Messages per second handed to each provider, averaged over a second; <c>null</c> sends as fast as the provider takes them.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Hours after which a recipient that is still refused temporarily is given up.</summary>
    public int RetryHours { get; init; } = 24;

    /// <summary>What happens to a recipient whose outcome is unknown: <c>hold</c> or <c>resend</c>.</summary>
    public UnknownPolicy Unknown { get; init; } = UnknownPolicy.Hold;

    /// <summary>Seconds a provider has for an answer; after that the outcome is unknown.</summary>
    public int TimeoutSeconds { get; init; } = 30;
}

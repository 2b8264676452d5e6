namespace ClosedLoop.Model.Clients;

/// <summary>The <c>mail.*</c> keys of closed-loop spec section 19.</summary>
public sealed record MailSettings
{
    /// <summary>SMTP connections kept to the relay.</summary>
    public int Connections { get; init; } = 10;

    /// <summary>Messages per second handed to the relay, averaged over a second; <c>null</c> sends as fast as the relay takes them.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Limits by recipient domain; <c>*</c> is each domain that is not named.</summary>
    public IReadOnlyDictionary<string, LaneLimits> Domains { get; init; } = new Dictionary<string, LaneLimits>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Hours after which a recipient that is still refused temporarily is given up.</summary>
    public int RetryHours { get; init; } = 24;

    /// <summary>What happens to a recipient whose outcome is unknown after a crash: <c>hold</c> or <c>resend</c>.</summary>
    public UnknownPolicy Unknown { get; init; } = UnknownPolicy.Hold;
}

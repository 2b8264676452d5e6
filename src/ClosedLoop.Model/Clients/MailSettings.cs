namespace ClosedLoop.Model.Clients;

/// <summary>The <c>mail.*</c> keys of closed-loop spec section 19.</summary>
public sealed record MailSettings
{
    /// <summary>SMTP connections kept to the relay.</summary>
    public int Connections { get; init; } = 10;

    /// <summary>Hours after which a recipient that is still refused temporarily is given up.</summary>
    public int RetryHours { get; init; } = 24;

    /// <summary>What happens to a recipient whose outcome is unknown after a crash: <c>hold</c> or <c>resend</c>.</summary>
    public UnknownPolicy Unknown { get; init; } = UnknownPolicy.Hold;
}

namespace ClosedLoop.Model.Clients;

/// <summary>A gateway with the Twilio Messages API (2010-04-01).</summary>
public sealed record TwilioSettings
{
    public required string AccountSid { get; init; }

    /// <summary>Name of the environment variable that holds the auth token; never the token itself. It also checks the signatures of delivery reports.</summary>
    public required string AuthTokenSetting { get; init; }

    /// <summary>In place of a sender number.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>Another gateway that speaks the same; no slash at the end.</summary>
    public string BaseUrl { get; init; } = "https://api.twilio.com";

    /// <summary>Whether delivery reports are asked for, at the public address of this service.</summary>
    public bool Receipts { get; init; } = true;
}

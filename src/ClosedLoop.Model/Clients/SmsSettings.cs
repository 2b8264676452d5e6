using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Clients;

/// <summary>The <c>channels.sms.*</c> keys. Exactly one of <see cref="Twilio"/>, <see cref="Http"/> and <see cref="Smpp"/> says who takes the messages.</summary>
public sealed record SmsSettings : ChannelPolicy
{
    public const string DefaultAddressField = "phone";

    /// <summary>Column of the list that holds the phone number.</summary>
    public string AddressField { get; init; } = DefaultAddressField;

    /// <summary>Country code for numbers without one, digits only, such as <c>49</c>; null refuses them.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Number (E.164), short code or name of at most 11 characters that messages come from.</summary>
    public string? From { get; init; }

    /// <summary>A message of more segments is not sent, because each is paid for.</summary>
    public int MaxSegments { get; init; } = 6;

    /// <summary>Words that, sent by a recipient, unsubscribe the number; compared without regard to case.</summary>
    public IReadOnlyList<string> StopWords { get; init; } = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TwilioSettings? Twilio { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SmsGatewaySettings? Http { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SmppSettings? Smpp { get; init; }

    /// <summary>Who takes the messages: <c>twilio</c>, <c>http</c> or <c>smpp</c>; part of the lane's name.</summary>
    [JsonIgnore]
    public string Provider => Twilio is not null ? "twilio" : Smpp is not null ? "smpp" : "http";
}

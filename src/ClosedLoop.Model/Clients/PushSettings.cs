using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Clients;

/// <summary>The <c>channels.push.*</c> keys.</summary>
public sealed record PushSettings : ChannelPolicy
{
    public const string DefaultTokenField = "push_token";

    public const string DefaultPlatformField = "push_platform";

    /// <summary>Column of the list that holds the device token.</summary>
    public string TokenField { get; init; } = DefaultTokenField;

    /// <summary>Column that says whose token it is: <c>fcm</c>, <c>gcm</c> or <c>android</c>; <c>apns</c>, <c>apn</c> or <c>ios</c>. May be missing when <see cref="DefaultPlatform"/> is given.</summary>
    public string PlatformField { get; init; } = DefaultPlatformField;

    /// <summary>Platform of tokens without one: <c>fcm</c> or <c>apns</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DefaultPlatform { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FcmSettings? Fcm { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApnsSettings? Apns { get; init; }
}

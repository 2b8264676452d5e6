using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Optimove;

/// <summary>What a channel of Optimove is for us (optimove spec section 10.1).</summary>
public enum OptimoveMedium
{
    [JsonStringEnumMemberName("EMAIL")]
    Email,

    [JsonStringEnumMemberName("SMS")]
    Sms,

    [JsonStringEnumMemberName("PUSH")]
    Push,
}

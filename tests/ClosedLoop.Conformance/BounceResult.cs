using System.Text.Json.Serialization;

namespace ClosedLoop.Conformance;

/// <summary>What the label says of one recipient; <c>hardbounce</c> is 1 for hard.</summary>
internal sealed record BounceResult([property: JsonPropertyName("recipient")] string Recipient, [property: JsonPropertyName("reason")] string Reason, [property: JsonPropertyName("hardbounce")] int HardBounce);

using System.Text.Json.Serialization;

namespace ClosedLoop.Conformance;

/// <summary>One line of the label file.</summary>
internal sealed record BounceCase([property: JsonPropertyName("file")] string File, [property: JsonPropertyName("set")] string Set, [property: JsonPropertyName("results")] List<BounceResult> Results);

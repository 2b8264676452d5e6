using System.Text.Json.Serialization;

namespace ClosedLoop.Mail.Sink;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SinkRecord))]
internal sealed partial class SinkJson : JsonSerializerContext;

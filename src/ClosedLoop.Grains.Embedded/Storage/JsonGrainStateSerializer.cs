using System.Text.Json;

namespace ClosedLoop.Grains.Embedded;

/// <summary>UTF-8 JSON by System.Text.Json.</summary>
/// <param name="options">Null is the serializer's default: property names as declared.</param>
public sealed class JsonGrainStateSerializer(JsonSerializerOptions? options = null) : IGrainStateSerializer
{
    public byte[] Serialize<TState>(TState state) => JsonSerializer.SerializeToUtf8Bytes(state, options);

    public TState? Deserialize<TState>(ReadOnlySpan<byte> payload) => JsonSerializer.Deserialize<TState>(payload, options);
}

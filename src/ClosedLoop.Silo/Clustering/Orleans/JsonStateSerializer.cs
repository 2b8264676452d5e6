using System.Text.Json;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Grain states as the embedded engine writes them, so that an installation can move from one engine to the other.</summary>
internal sealed class JsonStateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span);
}

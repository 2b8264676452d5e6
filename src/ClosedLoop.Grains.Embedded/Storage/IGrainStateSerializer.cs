namespace ClosedLoop.Grains.Embedded;

/// <summary>Turns a state into the bytes of the payload column and back. The other engine must be given one of the same format.</summary>
public interface IGrainStateSerializer
{
    byte[] Serialize<TState>(TState state);

    TState? Deserialize<TState>(ReadOnlySpan<byte> payload);
}

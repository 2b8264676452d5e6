using System.Buffers;

namespace ClosedLoop.Liquid;

/// <summary>Gives meaning to a block tag of the host, for example <c>{% link 3 %}…{% endlink %}</c>. Called concurrently by concurrent renders.</summary>
public abstract class LiquidBlockHandler
{
    /// <summary>Called before the body of one block is rendered.</summary>
    /// <param name="arguments">The tag's markup after its name, trimmed.</param>
    /// <param name="state">The object handed to the render.</param>
    public virtual void Begin(string arguments, object? state)
    {
    }

    /// <summary>Receives the rendered body of one block and writes what stands in its place.</summary>
    /// <param name="arguments">The tag's markup after its name, trimmed.</param>
    /// <param name="body">The rendered body, UTF-8; valid only during the call.</param>
    /// <param name="state">The object handed to the render.</param>
    /// <param name="output">Counts against the output limit like any other output.</param>
    public abstract void Write(string arguments, ReadOnlySpan<byte> body, object? state, IBufferWriter<byte> output);
}

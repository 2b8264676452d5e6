using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Places where no value is safe: scripts, event handlers, names of attributes.</summary>
internal sealed class NothingEscaper : Utf8Filter
{
    public static NothingEscaper Instance { get; } = new();

    public override long MaxLength(long input) => 0;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        // Nothing is what this place gets.
    }
}

using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Inside the name of a tag: <c>h1</c> to <c>h6</c> may be made of a number, anything else would make other tags.</summary>
internal sealed class DigitsEscaper : Utf8Filter
{
    public static DigitsEscaper Instance { get; } = new();

    public override long MaxLength(long input) => input;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (!input.ContainsAnyExceptInRange((byte)'0', (byte)'9')) output.Write(input);
    }
}

using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>append</c> and <c>prepend</c> with a constant.</summary>
internal sealed class AffixUtf8Filter(byte[] before, byte[] after) : Utf8Filter
{
    public override long MaxLength(long input) => input + before.Length + after.Length;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        output.Write(before);
        output.Write(input);
        output.Write(after);
    }
}

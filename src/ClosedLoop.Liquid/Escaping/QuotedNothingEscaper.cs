using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>A refused value without quotes: two quotes, or it would take the next attribute for its own.</summary>
internal sealed class QuotedNothingEscaper : Utf8Filter
{
    public static QuotedNothingEscaper Instance { get; } = new();

    public override long MaxLength(long input) => 2;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output) => output.Write("\"\""u8);
}

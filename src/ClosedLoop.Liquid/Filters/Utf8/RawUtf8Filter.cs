using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>raw</c>: declares a text to be markup.</summary>
internal sealed class RawUtf8Filter : Utf8Filter
{
    public static RawUtf8Filter Instance { get; } = new();

    public override bool MakesMarkup => true;

    public override long MaxLength(long input) => input;

    public override bool Keeps(ReadOnlySpan<byte> text) => true;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output) => output.Write(input);
}

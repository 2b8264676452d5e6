using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>default</c> with a constant text.</summary>
internal sealed class DefaultUtf8Filter(byte[] replacement) : Utf8Filter
{
    public override long MaxLength(long input) => Math.Max(input, replacement.Length);

    public override bool Keeps(ReadOnlySpan<byte> text) => !text.IsEmpty;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output) => output.Write(input.IsEmpty ? replacement : input);
}

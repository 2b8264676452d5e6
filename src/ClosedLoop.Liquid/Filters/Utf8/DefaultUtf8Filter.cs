using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>default</c> with a constant text.</summary>
internal sealed class DefaultUtf8Filter(byte[] replacement) : Utf8Filter
{
    public override void Apply(ReadOnlySpan<byte> input, ref Utf8Writer output) => output.Write(input.IsEmpty ? replacement : input);
}

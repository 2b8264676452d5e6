using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>An attribute value without quotes: everything that could end it becomes a character reference.</summary>
/// <param name="isFirst">Nothing stands between the equals sign and the output. An empty value would take the next attribute for its own, so it becomes two quotes.</param>
internal sealed class UnquotedEscaper(bool isFirst) : ByteEscaper(".,:;/-_#%+*()[]@!?$|~^", beyondAscii: true)
{
    public static UnquotedEscaper First { get; } = new(isFirst: true);

    public static UnquotedEscaper Further { get; } = new(isFirst: false);

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (isFirst && input.IsEmpty) output.Write("\"\""u8);
        else base.Apply(input, ref output);
    }

    protected override void WriteEscaped(byte b, ref Utf8Writer output)
    {
        output.Write("&#"u8);
        output.Write((long)b);
        output.Write(";"u8);
    }
}

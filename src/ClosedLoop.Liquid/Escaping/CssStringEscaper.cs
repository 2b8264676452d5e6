using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Inside a string of a style sheet: signs become their code (CSS Syntax section 4.3.7), which has no meaning in HTML either.</summary>
internal sealed class CssStringEscaper() : ByteEscaper(" -_.,", beyondAscii: true)
{
    public static CssStringEscaper Instance { get; } = new();

    protected override void WriteEscaped(byte b, ref Utf8Writer output) =>
        output.Write([(byte)'\\', "0123456789ABCDEF"u8[b >> 4], "0123456789ABCDEF"u8[b & 15], (byte)' ']);
}

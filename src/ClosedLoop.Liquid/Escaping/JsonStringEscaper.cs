using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Inside a string of JSON data in a <c>script</c> element: signs become their code (RFC 8259 section 7), so none can end the element.</summary>
internal sealed class JsonStringEscaper() : ByteEscaper(" !#$%()*+,-./:;=?@[]^_{|}~", beyondAscii: true)
{
    public static JsonStringEscaper Instance { get; } = new();

    protected override void WriteEscaped(byte b, ref Utf8Writer output) =>
        output.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', "0123456789ABCDEF"u8[b >> 4], "0123456789ABCDEF"u8[b & 15]]);
}

using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>The place is not known: letters, digits and a few signs that mean nothing anywhere; everything else is left out.</summary>
internal sealed class PlainWordsEscaper() : ByteEscaper(".,-_", beyondAscii: true)
{
    public static PlainWordsEscaper Instance { get; } = new();

    public override long MaxLength(long input) => input;

    protected override void WriteEscaped(byte b, ref Utf8Writer output)
    {
        // Left out: a blank would begin an attribute, a colon end a scheme.
    }
}

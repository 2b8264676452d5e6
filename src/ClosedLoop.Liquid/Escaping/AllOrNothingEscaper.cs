using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Places where no escape exists: a value of harmless characters is written, any other is left out.</summary>
internal sealed class AllOrNothingEscaper(string signs, bool beyondAscii) : ByteEscaper(signs, beyondAscii)
{
    /// <summary>A colour, a length, a font: nothing that ends a declaration, calls a function or begins a comment.</summary>
    public static AllOrNothingEscaper CssValue { get; } = new(" #%.,+-_!", beyondAscii: true);

    /// <summary>A number, <c>true</c>, <c>false</c> or <c>null</c> in JSON data.</summary>
    public static AllOrNothingEscaper JsonValue { get; } = new(".+-", beyondAscii: false);

    public override long MaxLength(long input) => input;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (AllStay(input)) output.Write(input);
    }

    protected override void WriteEscaped(byte b, ref Utf8Writer output)
    {
        // Never called: a value with such a byte is not written at all.
    }
}

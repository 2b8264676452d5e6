using System.Buffers;
using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>upcase</c>, <c>downcase</c> and <c>capitalize</c>.</summary>
internal sealed class CaseUtf8Filter(bool upperFirst, bool upperRest) : Utf8Filter
{
    // A byte that is no UTF-8 becomes the three bytes of the replacement character; nothing else grows as much.
    public override long MaxLength(long input) => input * 3;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        var upper = upperFirst;
        while (input.Length > 0)
        {
            if (input[0] < 0x80)
            {
                input = input[MapAscii(input, upper, ref output)..];
                upper = upperRest;
                continue;
            }

            Rune.DecodeFromUtf8(input, out var rune, out var consumed);
            WriteMapped(rune, upper, ref output);
            input = input[consumed..];
            upper = upperRest;
        }
    }

    /// <summary>Maps the letters up to the first one outside ASCII, as far as there is room. Returns how many.</summary>
    private int MapAscii(scoped ReadOnlySpan<byte> input, bool upper, ref Utf8Writer output)
    {
        var free = output.Free;
        if (upper != upperRest || free.IsEmpty)
        {
            output.Write([upper ? ToUpper(input[0]) : ToLower(input[0])]);
            return 1;
        }

        _ = upper ? Ascii.ToUpper(input, free, out var done) : Ascii.ToLower(input, free, out done);
        output.Advance(done);
        return done;
    }

    private void WriteMapped(Rune rune, bool upper, ref Utf8Writer output)
    {
        Span<byte> mapped = stackalloc byte[8];
        output.Write(mapped[..CaseMapping.Write(rune, upper, upper && !upperRest, mapped)]);
    }

    private static byte ToUpper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b;

    private static byte ToLower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 32) : b;
}

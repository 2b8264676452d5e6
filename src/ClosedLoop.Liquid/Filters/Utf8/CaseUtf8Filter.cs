using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>upcase</c>, <c>downcase</c> and <c>capitalize</c>.</summary>
internal sealed class CaseUtf8Filter(bool upperFirst, bool upperRest) : Utf8Filter
{
    public override void Apply(ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        Span<byte> chunk = stackalloc byte[256];
        var used = 0;
        var upper = upperFirst;
        while (input.Length > 0)
        {
            // A code point never becomes longer than six bytes: "ß" becomes "SS", others keep about their length.
            if (used > chunk.Length - 8)
            {
                output.Write(chunk[..used]);
                used = 0;
            }

            var b = input[0];
            if (b < 0x80)
            {
                chunk[used++] = upper ? ToUpper(b) : ToLower(b);
                input = input[1..];
            }
            else
            {
                Rune.DecodeFromUtf8(input, out var rune, out var consumed);
                used += CaseMapping.Write(rune, upper, upper && !upperRest, chunk[used..]);
                input = input[consumed..];
            }

            upper = upperRest;
        }

        output.Write(chunk[..used]);
    }

    private static byte ToUpper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b;

    private static byte ToLower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 32) : b;
}

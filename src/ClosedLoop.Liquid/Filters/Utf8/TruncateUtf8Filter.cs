using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>truncate</c> to a constant number of code points, the ellipsis included.</summary>
internal sealed class TruncateUtf8Filter(long length, string ellipsis) : Utf8Filter
{
    private readonly byte[] _ellipsis = Encoding.UTF8.GetBytes(ellipsis);
    private readonly long _kept = Math.Max(0, length - Values.Characters.Count(ellipsis));

    public override long MaxLength(long input) => input + _ellipsis.Length;

    // Fewer bytes than characters allowed means fewer characters too.
    public override bool Keeps(ReadOnlySpan<byte> text) => text.Length <= length;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (Keeps(input))
        {
            output.Write(input);
            return;
        }

        if (length > 0 && Ascii.IsValid(input[..(int)length]))
        {
            output.Write(input[..(int)_kept]);
            output.Write(_ellipsis);
            return;
        }

        if (OffsetOf(input, length) == input.Length)
        {
            output.Write(input);
            return;
        }

        output.Write(input[..OffsetOf(input, _kept)]);
        output.Write(_ellipsis);
    }

    /// <summary>The byte offset behind that many code points; the end when there are fewer.</summary>
    private static int OffsetOf(ReadOnlySpan<byte> text, long characters)
    {
        for (var at = 0; at < text.Length; at++)
        {
            // Continuation bytes, 10xxxxxx, belong to the character before them.
            if ((text[at] & 0xC0) != 0x80 && characters-- <= 0)
            {
                return at;
            }
        }

        return text.Length;
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;
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

    public override int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room)
    {
        var cut = CutAt(input);
        var kept = cut < 0 ? input : input[..cut];
        return !kept.TryCopyTo(room) ? -1 : cut < 0 ? kept.Length : End(room, cut);
    }

    public override int TryRefill(scoped Span<byte> room, int length)
    {
        var cut = CutAt(room[..length]);
        return cut < 0 ? length : End(room, cut);
    }

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        var cut = CutAt(input);
        output.Write(cut < 0 ? input : input[..cut]);
        if (cut >= 0)
        {
            output.Write(_ellipsis);
        }
    }

    private int End(scoped Span<byte> room, int cut) => _ellipsis.AsSpan().TryCopyTo(room[cut..]) ? cut + _ellipsis.Length : -1;

    /// <summary>Where the ellipsis goes, or -1 when the text is short enough.</summary>
    private int CutAt(ReadOnlySpan<byte> text)
    {
        if (Keeps(text))
        {
            return -1;
        }

        var cut = OffsetOf(text, _kept);
        return cut + OffsetOf(text[cut..], length - _kept) == text.Length ? -1 : cut;
    }

    /// <summary>The byte offset behind that many code points; the end when there are fewer.</summary>
    private static int OffsetOf(ReadOnlySpan<byte> text, long characters)
    {
        var at = 0;
        for (; text.Length - at >= Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            // Continuation bytes, 10xxxxxx, belong to the character before them; as signed numbers they are the smallest.
            var starts = Vector128.GreaterThan(Vector128.Create(text[at..]).AsSByte(), Vector128.Create((sbyte)-65)).ExtractMostSignificantBits();
            var count = BitOperations.PopCount(starts);
            if (count > characters)
            {
                break;
            }

            characters -= count;
        }

        for (; at < text.Length; at++)
        {
            if ((text[at] & 0xC0) != 0x80 && characters-- <= 0)
            {
                return at;
            }
        }

        return text.Length;
    }
}

using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>upcase</c>, <c>downcase</c> and <c>capitalize</c>.</summary>
internal sealed class CaseUtf8Filter(bool upperFirst, bool upperRest) : Utf8Filter
{
    /// <summary>Shorter runs are mapped letter by letter: starting the vectors costs more.</summary>
    private const int LongRun = 24;

    // A byte that is no UTF-8 becomes the three bytes of the replacement character; nothing else grows as much.
    public override long MaxLength(long input) => input * 3;

    public override int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room)
    {
        if (input.Length >= LongRun || input.Length > room.Length)
        {
            return base.TryFill(input, room);
        }

        // One and two bytes stay one and two, so the room suffices and positions stay the same.
        var upper = upperFirst;
        for (var at = 0; at < input.Length; at++)
        {
            var b = input[at];
            if (b < 0x80)
            {
                room[at] = upper ? ToUpper(b) : ToLower(b);
            }
            else if (at + 1 < input.Length && CaseTable.TryMap(b, input[at + 1], upper, out var mapped))
            {
                room[at++] = (byte)(0xC0 | (mapped >> 6));
                room[at] = (byte)(0x80 | (mapped & 0x3F));
            }
            else
            {
                return base.TryFill(input, room);
            }

            upper = upperRest;
        }

        return input.Length;
    }

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        var upper = upperFirst;
        while (input.Length > 0)
        {
            // Eight bytes are the most one letter needs.
            var done = output.Free.Length < 8 ? 0 : MapLetters(input, ref upper, ref output);
            if (done == 0)
            {
                Rune.DecodeFromUtf8(input, out var rune, out done);
                WriteMapped(rune, upper, ref output);
                upper = upperRest;
            }

            input = input[done..];
            if (input.Length >= LongRun && input[0] < 0x80)
            {
                input = input[MapRun(input, ref output)..];
            }
        }
    }

    /// <summary>Maps letters of one and two bytes up to one that is neither, to the end of the room, or to where a long run may start. Returns the bytes taken.</summary>
    private int MapLetters(scoped ReadOnlySpan<byte> input, ref bool upper, ref Utf8Writer output)
    {
        var free = output.Free;
        var (at, used) = (0, 0);
        while (at < input.Length && used + 8 <= free.Length && (at == 0 || input.Length - at < LongRun))
        {
            var b = input[at];
            if (b < 0x80)
            {
                free[used++] = upper ? ToUpper(b) : ToLower(b);
                at++;
            }
            else if (at + 1 < input.Length && CaseTable.TryMap(b, input[at + 1], upper, out var mapped))
            {
                free[used++] = (byte)(0xC0 | (mapped >> 6));
                free[used++] = (byte)(0x80 | (mapped & 0x3F));
                at += 2;
            }
            else
            {
                break;
            }

            upper = upperRest;
        }

        output.Advance(used);
        return at;
    }

    private int MapRun(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        _ = upperRest ? Ascii.ToUpper(input, output.Free, out var done) : Ascii.ToLower(input, output.Free, out done);
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

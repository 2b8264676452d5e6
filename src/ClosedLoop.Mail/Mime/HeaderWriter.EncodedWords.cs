using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>Encoded words of RFC 2047 in UTF-8, the shorter of Q and B.</summary>
internal ref partial struct HeaderWriter
{
    /// <summary>RFC 2047 section 2: an encoded word has at most 75 characters, of which <c>=?utf-8?Q?</c> and <c>?=</c> take 12; a line 76.</summary>
    private const int WordLimit = 75;
    private const int WordFrame = 12;
    private const int EncodedLineLimit = 76;

    /// <summary>RFC 2047 section 5 (3): what may stand for itself inside a phrase; used everywhere.</summary>
    private static readonly SearchValues<byte> QSafe = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/ "u8);

    /// <summary>The whole value becomes encoded words: white space between two of them is not shown, so the spaces travel inside.</summary>
    private void EncodedWords(scoped ReadOnlySpan<char> text, bool phrase = false)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var utf8 = rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented));
        var escaped = 0;
        foreach (var b in utf8)
        {
            if (!QSafe.Contains(b))
                escaped++;
        }

        var q = utf8.Length + (escaped * 2) <= (utf8.Length + 2) / 3 * 4;
        var whole = q ? utf8.Length + (escaped * 2) : (utf8.Length + 2) / 3 * 4;
        var first = true;
        while (!utf8.IsEmpty)
        {
            var room = Math.Min(WordLimit, EncodedLineLimit - _column - (first ? 0 : 1)) - WordFrame;

            // A name that fits one word on a line of its own is not cut: some readers show a space at each cut.
            if (!first || room < 16 || (phrase && whole > room && whole <= WordLimit - WordFrame))
            {
                EndLine();
                Raw(" "u8);
                room = WordLimit - WordFrame;
            }

            var take = q ? TakeQ(utf8, room) : TakeB(utf8, room);
            Ensure(WordLimit + 1);
            if (q)
                WriteQ(utf8[..take]);
            else
                WriteB(utf8[..take]);
            utf8 = utf8[take..];
            first = false;
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Whole characters only: RFC 2047 section 5 forbids splitting one over two encoded words.</summary>
    private static int TakeQ(scoped ReadOnlySpan<byte> utf8, int room)
    {
        var taken = 0;
        while (taken < utf8.Length)
        {
            var size = CharacterSize(utf8[taken..]);
            var cost = size == 1 && QSafe.Contains(utf8[taken]) ? 1 : size * 3;
            if (cost > room)
                break;
            room -= cost;
            taken += size;
        }

        return taken;
    }

    private static int TakeB(scoped ReadOnlySpan<byte> utf8, int room)
    {
        var limit = room / 4 * 3;
        var taken = 0;
        while (taken < utf8.Length)
        {
            var size = CharacterSize(utf8[taken..]);
            if (taken + size > limit)
                break;
            taken += size;
        }

        return taken;
    }

    private static int CharacterSize(scoped ReadOnlySpan<byte> utf8)
    {
        Rune.DecodeFromUtf8(utf8, out _, out var size);
        return size;
    }

    private void WriteQ(scoped ReadOnlySpan<byte> utf8)
    {
        Raw("=?utf-8?Q?"u8);
        var start = _used;
        foreach (var b in utf8)
        {
            if (b == ' ')
            {
                _span[_used++] = (byte)'_';
            }
            else if (QSafe.Contains(b))
            {
                _span[_used++] = b;
            }
            else
            {
                _span[_used++] = (byte)'=';
                _span[_used++] = "0123456789ABCDEF"u8[b >> 4];
                _span[_used++] = "0123456789ABCDEF"u8[b & 15];
            }
        }

        _column += _used - start;
        Raw("?="u8);
    }

    private void WriteB(scoped ReadOnlySpan<byte> utf8)
    {
        Raw("=?utf-8?B?"u8);
        Base64.EncodeToUtf8(utf8, _span[_used..], out _, out var written);
        _used += written;
        _column += written;
        Raw("?="u8);
    }
}

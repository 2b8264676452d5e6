using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>
/// A format that asks for nothing but day, month and year, written for days that come as <c>yyyy-mm-dd</c>: their digits are
/// copied, not read and written again.
/// </summary>
internal sealed class DayFormat
{
    private const int Length = 10;

    /// <summary>The first eight bytes of a day whose digits are all zero, and the last two.</summary>
    private const ulong HeadZeros = 0x2D30_302D_3030_3030;
    private const ulong TailZeros = 0x3030UL << 48;

    /// <summary>The upper halves of the bytes that are digits.</summary>
    private const ulong HeadDigits = 0x00F0_F000_F0F0_F0F0;
    private const ulong TailDigits = 0xF0F0;

    private static readonly byte[][] Months = Array.ConvertAll(DateNames.Months, Pad);

    private readonly DayPart[] _parts;
    private readonly int _room;

    private DayFormat(DayPart[] parts)
    {
        _parts = parts;
        _room = parts.Sum(p => Math.Max(p.Length, "September".Length)) + Vector128<byte>.Count;
    }

    /// <summary>Null when the format asks for more.</summary>
    public static DayFormat? TryCreate(string format)
    {
        var parts = new List<DayPart>();
        var start = 0;
        for (var at = format.IndexOf('%', StringComparison.Ordinal); at >= 0; at = format.IndexOf('%', start))
        {
            if (at + 1 >= format.Length || format[at + 1] is not ('Y' or 'm' or 'd' or 'e' or 'B' or 'b' or 'y'))
            {
                return null;
            }

            AddText(parts, format[start..at]);
            parts.Add(new DayPart(format[at + 1], format[at + 1] switch { 'Y' => 4, 'b' => 3, _ => 2 }, 0));
            start = at + 2;
        }

        AddText(parts, format[start..]);
        return format.Length == 0 ? null : new DayFormat([.. parts]);
    }

    /// <summary>False, with nothing written, when the text is no such day.</summary>
    public bool TryWrite(scoped ReadOnlySpan<byte> text, ref Utf8Writer output)
    {
        if (output.Free.Length >= _room)
        {
            var used = TryFill(text, output.Free);
            output.Advance(Math.Max(0, used));
            return used >= 0;
        }

        Span<byte> room = new byte[_room];
        var length = TryFill(text, room);
        output.Write(room[..Math.Max(0, length)]);
        return length >= 0;
    }

    /// <summary>True for a day written as this class reads it.</summary>
    public bool CanRead(ReadOnlySpan<byte> text) => TryFill(text, new byte[_room]) >= 0;

    /// <summary>Returns the bytes used, or -1 when the text is no such day or the room may not suffice.</summary>
    public int TryFill(scoped ReadOnlySpan<byte> text, scoped Span<byte> room)
    {
        if (text.Length != Length || room.Length < _room)
        {
            return -1;
        }

        var head = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var tail = BinaryPrimitives.ReadUInt64LittleEndian(text[2..]);
        if (!AreDigits(head ^ HeadZeros, HeadDigits) || !AreDigits((tail ^ TailZeros) >> 48, TailDigits))
        {
            return -1;
        }

        // Years of three digits lose their zero, and the 30th of February is a day in March: the general way knows.
        var (month, day) = (Two(head >> 40), Two(tail >> 48));
        if (text[0] == '0' || month is < 1 or > 12 || day < 1 || (day > 28 && day > DateTime.DaysInMonth((Two(head) * 100) + Two(head >> 16), month)))
        {
            return -1;
        }

        return Fill(room, head, tail, Months[month - 1]);
    }

    /// <summary>Eight bytes are written for each part, and as many gone on by as count.</summary>
    private int Fill(scoped Span<byte> room, ulong head, ulong tail, byte[] month)
    {
        var used = 0;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            var (bytes, length) = (part.Bytes, part.Length);
            switch (part.Letter)
            {
                case 'Y':
                    bytes = head;
                    break;
                case 'y':
                    bytes = head >> 16;
                    break;
                case 'm':
                    bytes = head >> 40;
                    break;
                case 'd':
                    bytes = tail >> 48;
                    break;
                case 'e':
                    bytes = tail >> 48;
                    bytes = (byte)bytes == '0' ? (bytes & ~0xFFUL) | ' ' : bytes;
                    break;
                case 'b':
                    bytes = BinaryPrimitives.ReadUInt64LittleEndian(month);
                    break;
                case 'B':
                    Vector128.Create(month).CopyTo(room[used..]);
                    used += month[^1];
                    continue;
            }

            BinaryPrimitives.WriteUInt64LittleEndian(room[used..], bytes);
            used += length;
        }

        return used;
    }

    private static bool AreDigits(ulong found, ulong digits) =>
        (found & ~(digits >> 4)) == 0 && ((found + (digits / 0xF0 * 6)) & digits) == 0;

    /// <summary>The number in the two lowest bytes.</summary>
    private static int Two(ulong text) => ((int)(text & 0xF) * 10) + (int)((text >> 8) & 0xF);

    /// <summary>The name, filled up to 16 bytes; the last one is its length.</summary>
    private static byte[] Pad(string name)
    {
        var padded = new byte[16];
        padded[^1] = (byte)Encoding.ASCII.GetBytes(name, padded);
        return padded;
    }

    private static void AddText(List<DayPart> parts, string text)
    {
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(sizeof(ulong)))
        {
            var bytes = new byte[sizeof(ulong)];
            piece.CopyTo(bytes, 0);
            parts.Add(new DayPart('\0', piece.Length, BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
        }
    }
}

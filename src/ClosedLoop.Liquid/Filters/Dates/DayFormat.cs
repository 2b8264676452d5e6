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

    private static readonly byte[][] Months = Array.ConvertAll(DateNames.Months, Encoding.ASCII.GetBytes);

    private readonly (char Letter, byte[] Text)[] _parts;
    private readonly int _longest;

    private DayFormat((char Letter, byte[] Text)[] parts)
    {
        _parts = parts;
        _longest = parts.Sum(p => Math.Max(p.Text.Length, "September".Length));
    }

    /// <summary>Null when the format asks for more.</summary>
    public static DayFormat? TryCreate(string format)
    {
        var parts = new List<(char Letter, byte[] Text)>();
        var start = 0;
        for (var at = format.IndexOf('%', StringComparison.Ordinal); at >= 0; at = format.IndexOf('%', start))
        {
            if (at + 1 >= format.Length || format[at + 1] is not ('Y' or 'm' or 'd' or 'e' or 'B' or 'b' or 'y'))
            {
                return null;
            }

            AddText(parts, format[start..at]);
            parts.Add((format[at + 1], []));
            start = at + 2;
        }

        AddText(parts, format[start..]);
        return format.Length == 0 ? null : new DayFormat([.. parts]);
    }

    /// <summary>False, with nothing written, when the text is no such day.</summary>
    public bool TryWrite(scoped ReadOnlySpan<byte> text, ref Utf8Writer output)
    {
        if (text.Length != Length || text[4] != '-' || text[7] != '-' || !TryTwo(text, out var century) || !TryTwo(text[2..], out var years)
            || !TryTwo(text[5..], out var month) || !TryTwo(text[8..], out var day))
        {
            return false;
        }

        // Years of three digits lose their zero, and the 30th of February is a day in March: the general way knows.
        if (century < 10 || month is < 1 or > 12 || day < 1 || (day > 28 && day > DateTime.DaysInMonth((century * 100) + years, month)))
        {
            return false;
        }

        if (output.Free.Length >= _longest)
        {
            output.Advance(Fill(output.Free, text, month));
        }
        else
        {
            var room = new byte[_longest];
            output.Write(room.AsSpan(0, Fill(room, text, month)));
        }

        return true;
    }

    private int Fill(Span<byte> room, scoped ReadOnlySpan<byte> day, int month)
    {
        var rest = room;
        foreach (var (letter, constant) in _parts)
        {
            var bytes = letter switch
            {
                'Y' => day[..4],
                'y' => day[2..4],
                'm' => day[5..7],
                'd' => day[8..Length],
                'e' when day[8] != '0' => day[8..Length],
                'e' => " "u8,
                'B' => Months[month - 1],
                'b' => Months[month - 1].AsSpan(0, 3),
                _ => constant,
            };
            bytes.CopyTo(rest);
            rest = rest[bytes.Length..];
            if (letter == 'e' && bytes.Length == 1)
            {
                rest[0] = day[9];
                rest = rest[1..];
            }
        }

        return room.Length - rest.Length;
    }

    private static void AddText(List<(char Letter, byte[] Text)> parts, string text)
    {
        if (text.Length > 0)
        {
            parts.Add(('\0', Encoding.UTF8.GetBytes(text)));
        }
    }

    private static bool TryTwo(scoped ReadOnlySpan<byte> text, out int value)
    {
        var (tens, ones) = (text[0] - '0', text[1] - '0');
        value = (tens * 10) + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }
}

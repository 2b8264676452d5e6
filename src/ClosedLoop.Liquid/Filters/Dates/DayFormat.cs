using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>A format that asks for nothing but day, month and year, written for days that come as <c>yyyy-mm-dd</c>.</summary>
internal sealed class DayFormat
{
    private static readonly byte[][] Months = Array.ConvertAll(DateNames.Months, Encoding.ASCII.GetBytes);

    private readonly (char Letter, byte[] Text)[] _parts;

    private DayFormat((char Letter, byte[] Text)[] parts) => _parts = parts;

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

            parts.Add(('\0', Encoding.UTF8.GetBytes(format[start..at])));
            parts.Add((format[at + 1], []));
            start = at + 2;
        }

        parts.Add(('\0', Encoding.UTF8.GetBytes(format[start..])));
        return format.Length == 0 ? null : new DayFormat([.. parts]);
    }

    /// <summary>False, with nothing written, when the text is no such day.</summary>
    public bool TryWrite(scoped ReadOnlySpan<byte> text, ref Utf8Writer output)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-' || !TryTwo(text, out var century) || !TryTwo(text[2..], out var years)
            || !TryTwo(text[5..], out var month) || !TryTwo(text[8..], out var day))
        {
            return false;
        }

        // The 30th of February is a day in March: the general way knows.
        var year = (century * 100) + years;
        if (year < 100 || month is < 1 or > 12 || day < 1 || day > 28)
        {
            if (year < 100 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            {
                return false;
            }
        }

        foreach (var (letter, constant) in _parts)
        {
            Write(letter, constant, year, month, day, ref output);
        }

        return true;
    }

    private static void Write(char letter, byte[] constant, int year, int month, int day, ref Utf8Writer output)
    {
        switch (letter)
        {
            case '\0':
                output.Write(constant);
                break;
            case 'Y':
                WriteYear(year, ref output);
                break;
            case 'm':
                WriteTwo(month, '0', ref output);
                break;
            case 'd':
                WriteTwo(day, '0', ref output);
                break;
            case 'e':
                WriteTwo(day, ' ', ref output);
                break;
            case 'y':
                WriteTwo(year % 100, '0', ref output);
                break;
            case 'B':
                output.Write(Months[month - 1]);
                break;
            default:
                output.Write(Months[month - 1].AsSpan(0, 3));
                break;
        }
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, out int value)
    {
        var (tens, ones) = (text[0] - '0', text[1] - '0');
        value = (tens * 10) + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }

    private static void WriteYear(int year, ref Utf8Writer output)
    {
        if (year >= 1000)
        {
            WriteTwo(year / 100, '0', ref output);
            WriteTwo(year % 100, '0', ref output);
        }
        else
        {
            output.Write((long)year);
        }
    }

    private static void WriteTwo(int value, char padding, ref Utf8Writer output)
    {
        ReadOnlySpan<byte> digits = [(byte)(value < 10 ? padding : '0' + (value / 10)), (byte)('0' + (value % 10))];
        output.Write(digits);
    }
}

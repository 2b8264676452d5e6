using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ClosedLoop.Liquid.Values;

/// <summary>Floating-point numbers as Ruby writes them: shortest round-trip digits, always with a point, exponents from 1e16 and below 1e-4.</summary>
internal static class FloatText
{
    public const int MaxLength = 32;

    public static string Format(double value)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(buffer[..Format(value, buffer)]);
    }

    /// <summary>Writes the number and returns the bytes used; the buffer holds <see cref="MaxLength"/>.</summary>
    public static int Format(double value, Span<byte> buffer)
    {
        if (!double.IsFinite(value))
        {
            var word = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8;
            word.CopyTo(buffer);
            return word.Length;
        }

        var magnitude = Math.Abs(value);
        if ((magnitude >= 1e-4 && magnitude < 1e15) || value == 0)
        {
            Utf8Formatter.TryFormat(value, buffer, out var length);
            if (buffer[..length].Contains((byte)'.'))
            {
                return length;
            }

            ".0"u8.CopyTo(buffer[length..]);
            return length + 2;
        }

        return FormatWide(value, buffer);
    }

    private static int FormatWide(double value, Span<byte> buffer)
    {
        // .NET writes "D.DDDE+XX" here; Ruby wants plain digits below 1e16 and "D.De+XX" beyond.
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = new StringBuilder();
        foreach (var c in shortest.Split('E')[0])
        {
            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
            }
        }

        var mantissa = digits.ToString().TrimStart('0').TrimEnd('0');
        mantissa = mantissa.Length == 0 ? "0" : mantissa;
        var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var result = value < 0 ? "-" : "";
        if (exponent is >= 15 and < 16)
        {
            var whole = mantissa.PadRight(exponent + 1, '0');
            result += whole[..(exponent + 1)] + "." + (whole.Length > exponent + 1 ? whole[(exponent + 1)..] : "0");
        }
        else
        {
            result += mantissa[0] + "." + (mantissa.Length > 1 ? mantissa[1..] : "0") + "e" + (exponent < 0 ? "-" : "+") +
                Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        }

        return Encoding.ASCII.GetBytes(result, buffer);
    }
}

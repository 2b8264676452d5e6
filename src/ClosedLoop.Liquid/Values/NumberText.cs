using System.Globalization;
using System.Numerics;

namespace ClosedLoop.Liquid.Values;

/// <summary>Numbers inside text.</summary>
internal static class NumberText
{
    private const string RubyWhitespace = " \t\n\v\f\r\0";

    /// <summary>A decimal fraction when the whole text is one, else the whole number it starts with (0 without one).</summary>
    public static Number Read(string text)
    {
        var trimmed = text.AsSpan().Trim(RubyWhitespace);
        if (IsFraction(trimmed))
        {
            return decimal.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact)
                ? Number.FromDecimal(exact)
                : Number.FromDouble(double.Parse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return ReadPrefix(text);
    }

    /// <summary>Ruby's <c>String#to_i</c>: leading blanks, a sign, digits with single underscores between them; the rest is ignored.</summary>
    public static Number ReadPrefix(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(RubyWhitespace);
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is '-' or '+')
        {
            text = text[1..];
        }

        long value = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && i > 0 && text[i - 1] != '_')
            {
                continue;
            }

            if (!char.IsAsciiDigit(text[i]))
            {
                break;
            }

            if (value > (long.MaxValue - 9) / 10)
            {
                return ReadBigPrefix(text, negative);
            }

            value = (value * 10) + (text[i] - '0');
        }

        return Number.FromInteger(negative ? -value : value);
    }

    /// <summary>Ruby's <c>Integer(text)</c> in base ten: nothing but a whole number, blanks around it allowed.</summary>
    public static bool TryReadInteger(string text, out long value)
    {
        var trimmed = text.Trim(RubyWhitespace.ToCharArray());
        if (trimmed.Contains('_', StringComparison.Ordinal) && !trimmed.Contains("__", StringComparison.Ordinal)
            && !trimmed.StartsWith('_') && !trimmed.EndsWith('_'))
        {
            trimmed = trimmed.Replace("_", "", StringComparison.Ordinal);
        }

        return long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static Number ReadBigPrefix(ReadOnlySpan<char> text, bool negative)
    {
        var length = 0;
        while (length < text.Length && length < 4000 && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        var value = BigInteger.Parse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        return Number.FromBig(negative ? -value : value);
    }

    private static bool IsFraction(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] == '-')
        {
            text = text[1..];
        }

        var point = text.IndexOf('.');
        return point > 0 && point < text.Length - 1
            && !text[..point].ContainsAnyExceptInRange('0', '9')
            && !text[(point + 1)..].ContainsAnyExceptInRange('0', '9');
    }
}

using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Values;

internal readonly partial record struct ShortDecimal
{
    /// <summary>The number the math filters would take the value for; false when it is not short, or not plainly a number.</summary>
    public static bool TryRead(in LiquidValue value, out ShortDecimal number)
    {
        number = default;
        switch (value.Kind)
        {
            case LiquidKind.Integer when value.Integer is > -Limit and < Limit:
                number = new ShortDecimal(value.Integer, 0, IsFraction: false);
                return true;
            case LiquidKind.Float:
                return TryRead(value.Float, out number);
            case LiquidKind.String or LiquidKind.Slot:
                return value.TryGetUtf8(out var text) && TryRead(text, out number);
            default:
                return false;
        }
    }

    /// <summary>Writes the number as the language does; false for one that needs an exponent.</summary>
    public bool TryWrite(ref Utf8Writer output)
    {
        if (!IsFraction)
        {
            output.Write(Digits);
            return true;
        }

        if (Scale > 4 && Math.Abs(Digits) < Powers[Scale])
        {
            return false;
        }

        Span<byte> text = stackalloc byte[32];
        var at = text.Length;
        var rest = (ulong)Math.Abs(Digits);
        if (Scale == 0)
        {
            text[--at] = (byte)'0';
            text[--at] = (byte)'.';
        }

        for (var place = 0; place <= Scale || rest > 0; place++)
        {
            var next = rest / 10;
            text[--at] = (byte)('0' + (rest - (next * 10)));
            rest = next;
            if (place == Scale - 1)
            {
                text[--at] = (byte)'.';
            }
        }

        if (Digits < 0)
        {
            text[--at] = (byte)'-';
        }

        output.Write(text[at..]);
        return true;
    }

    private static bool TryRead(double value, out ShortDecimal number)
    {
        number = default;
        for (var scale = 0; scale <= 4; scale++)
        {
            var digits = Math.Round(value * Powers[scale]);
            if (Math.Abs(digits) >= Limit)
            {
                return false;
            }

            // One division of two exact numbers is the float nearest to the quotient: if it is this one, these are its digits.
            if (digits / Powers[scale] == value && digits != 0)
            {
                number = new ShortDecimal((long)digits, scale, IsFraction: true);
                return true;
            }
        }

        return false;
    }

    /// <summary>Digits alone, or with one point between digits. Signs, blanks and what else Ruby allows are left to the general way.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ShortDecimal number)
    {
        number = default;
        long digits = 0;
        var point = -1;
        if (text.Length is 0 or > 15)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.' && point < 0 && i > 0 && i < text.Length - 1)
            {
                point = i;
                continue;
            }

            if ((uint)(text[i] - '0') > 9)
            {
                return false;
            }

            digits = (digits * 10) + (text[i] - '0');
        }

        return TrySet(ref number, digits, point < 0 ? 0 : text.Length - 1 - point, point >= 0);
    }
}

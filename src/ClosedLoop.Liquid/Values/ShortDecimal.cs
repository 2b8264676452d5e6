namespace ClosedLoop.Liquid.Values;

/// <summary>
/// A number of at most 15 digits, <c>Digits / 10^Scale</c>. Every such fraction is the shortest text of the float next to it, so
/// calculating on the digits gives what the reference implementation gets from decimal, float and back to decimal at each step.
/// </summary>
internal readonly partial record struct ShortDecimal(long Digits, int Scale, bool IsFraction)
{
    public const int MaxScale = 9;

    /// <summary>Bytes of the longest one, with sign and point.</summary>
    public const int MaxLength = 32;

    private const long Limit = 1_000_000_000_000_000;

    public static ShortDecimal Zero => default;

    private static ReadOnlySpan<long> Powers =>
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000];

    public static bool TryAdd(ref ShortDecimal number, ShortDecimal other, int sign)
    {
        if ((number.Scale | other.Scale) == 0 && !number.IsFraction && !other.IsFraction)
        {
            // Both are below 10^15, so the sum does not overflow.
            var sum = number.Digits + (sign * other.Digits);
            number = new ShortDecimal(sum, 0, IsFraction: false);
            return sum is > -Limit and < Limit;
        }

        var scale = Math.Max(number.Scale, other.Scale);
        return TryScale(number, scale, out var left) && TryScale(other, scale, out var right) && (left != 0 || right != 0)
            && TrySet(ref number, left + (sign * right), scale, number.IsFraction || other.IsFraction);
    }

    public static bool TryMultiply(ref ShortDecimal number, ShortDecimal other)
    {
        var high = Math.BigMul(number.Digits, other.Digits, out var low);
        return high == low >> 63 && (low != 0 || other.Digits >= 0) && TrySet(ref number, low, number.Scale + other.Scale, number.IsFraction || other.IsFraction);
    }

    /// <summary>Whole numbers divide rounding down; fractions only by powers of ten, where nothing is lost.</summary>
    public static bool TryDivide(ref ShortDecimal number, ShortDecimal other)
    {
        if (!number.IsFraction && !other.IsFraction)
        {
            if (other.Digits == 0)
            {
                return false;
            }

            var (quotient, remainder) = Math.DivRem(number.Digits, other.Digits);
            return TrySet(ref number, remainder != 0 && (remainder < 0) != (other.Digits < 0) ? quotient - 1 : quotient, 0, isFraction: false);
        }

        var power = Powers.IndexOf(other.Digits);
        if (power < 0 || number.Digits == 0)
        {
            return false;
        }

        var scale = number.Scale + power - other.Scale;
        return scale >= 0
            ? TrySet(ref number, number.Digits, scale, isFraction: true)
            : TryScale(number with { Scale = 0 }, -scale, out var digits) && TrySet(ref number, digits, 0, isFraction: true);
    }

    /// <summary>Halves go away from zero; to no places at all the result is whole.</summary>
    public static bool TryRound(ref ShortDecimal number, int places)
    {
        if (!number.IsFraction)
        {
            return true;
        }

        if (number.Scale <= places)
        {
            number = number with { IsFraction = places > 0 };
            return true;
        }

        var unit = Powers[number.Scale - places];
        var (quotient, remainder) = Math.DivRem(number.Digits, unit);
        quotient += Math.Abs(remainder) * 2 >= unit ? Math.Sign(number.Digits) : 0;

        // A small negative number becomes -0.0, which digits cannot say.
        return (quotient != 0 || number.Digits >= 0 || places == 0) && TrySet(ref number, quotient, places, places > 0);
    }

    private static bool TryScale(ShortDecimal number, int scale, out long digits)
    {
        digits = 0;
        var power = scale - number.Scale;
        if (power >= Powers.Length)
        {
            return false;
        }

        var high = Math.BigMul(number.Digits, Powers[power], out digits);
        return high == digits >> 63 && Math.Abs(digits) < Limit;
    }

    /// <summary>Drops the zeros at the end. A fraction that is nothing is refused: its sign may matter.</summary>
    private static bool TrySet(ref ShortDecimal number, long digits, int scale, bool isFraction)
    {
        while (scale > 0 && digits % 10 == 0)
        {
            digits /= 10;
            scale--;
        }

        if (digits is <= -Limit or >= Limit || scale > MaxScale || (isFraction && digits == 0 && number.Digits != 0))
        {
            return false;
        }

        number = new ShortDecimal(digits, scale, isFraction);
        return true;
    }
}

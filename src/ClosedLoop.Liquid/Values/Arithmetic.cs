using System.Numerics;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Values;

/// <summary>Sums, products and quotients: whole numbers stay whole and exact, fractions are computed in decimal.</summary>
internal static class Arithmetic
{
    /// <summary>Whole numbers of more bits than this are refused; squaring in a loop would otherwise eat all memory.</summary>
    private const int MaxBits = 32_768;

    public static Number Negate(Number value)
    {
        if (value.IsWhole)
        {
            return Number.FromBig(-value.ToBig());
        }

        return value.TryGetDecimal(out var exact) ? Number.FromDecimal(-exact) : Number.FromDouble(-value.ToDouble());
    }

    public static Number Abs(Number value)
    {
        if (value.IsWhole)
        {
            return Number.FromBig(BigInteger.Abs(value.ToBig()));
        }

        return value.TryGetDecimal(out var exact) ? Number.FromDecimal(Math.Abs(exact)) : Number.FromDouble(Math.Abs(value.ToDouble()));
    }

    public static Number Add(RenderContext context, Number left, Number right)
    {
        if (left.Kind == NumberKind.Integer && right.Kind == NumberKind.Integer)
        {
            var sum = unchecked(left.Integer + right.Integer);
            if (((left.Integer ^ sum) & (right.Integer ^ sum)) >= 0)
            {
                return Number.FromInteger(sum);
            }
        }

        if (left.IsWhole && right.IsWhole)
        {
            return Checked(context, left.ToBig() + right.ToBig());
        }

        return TryDecimal(left, right, static (a, b) => a + b, out var result) ? result : Number.FromDouble(left.ToDouble() + right.ToDouble());
    }

    public static Number Multiply(RenderContext context, Number left, Number right)
    {
        if (left.Kind == NumberKind.Integer && right.Kind == NumberKind.Integer
            && Math.BigMul(left.Integer, right.Integer, out var low) is var high && high == low >> 63)
        {
            return Number.FromInteger(low);
        }

        if (left.IsWhole && right.IsWhole)
        {
            return Checked(context, left.ToBig() * right.ToBig());
        }

        return TryDecimal(left, right, static (a, b) => a * b, out var result) ? result : Number.FromDouble(left.ToDouble() * right.ToDouble());
    }

    /// <summary>Between whole numbers the quotient is rounded down, as Ruby does.</summary>
    public static Number Divide(RenderContext context, Number left, Number right)
    {
        if (left.IsWhole && right.IsWhole)
        {
            CheckDivisor(context, right);
            var quotient = BigInteger.DivRem(left.ToBig(), right.ToBig(), out var remainder);
            return Number.FromBig(!remainder.IsZero && remainder.Sign != right.ToBig().Sign ? quotient - 1 : quotient);
        }

        // Between fractions a division by zero is infinite, as in the reference implementation.
        return right.ToDouble() != 0 && TryDecimal(left, right, static (a, b) => a / b, out var result) ? result : Number.FromDouble(left.ToDouble() / right.ToDouble());
    }

    /// <summary>The remainder has the sign of the divisor.</summary>
    public static Number Modulo(RenderContext context, Number left, Number right)
    {
        CheckDivisor(context, right);
        if (left.IsWhole && right.IsWhole)
        {
            var remainder = BigInteger.Remainder(left.ToBig(), right.ToBig());
            return Number.FromBig(!remainder.IsZero && remainder.Sign != right.ToBig().Sign ? remainder + right.ToBig() : remainder);
        }

        if (TryDecimal(left, right, FloorRemainder, out var result))
        {
            return result;
        }

        var (a, b) = (left.ToDouble(), right.ToDouble());
        return Number.FromDouble(a - (b * Math.Floor(a / b)));
    }

    private static decimal FloorRemainder(decimal left, decimal right)
    {
        var remainder = left % right;
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder;
    }

    private static bool TryDecimal(Number left, Number right, Func<decimal, decimal, decimal> operation, out Number result)
    {
        result = default;
        if (!left.TryGetDecimal(out var a) || !right.TryGetDecimal(out var b))
        {
            return false;
        }

        try
        {
            var value = operation(a, b);

            // Below about 1e-12 decimal runs out of digits; a result of zero from factors that are not is such a case.
            if (Math.Abs(value) < 1e-12m && a != 0 && b != 0)
            {
                return value == a - b && Set(value, out result);
            }

            return Set(value, out result);
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static bool Set(decimal value, out Number result)
    {
        result = Number.FromDecimal(value);
        return true;
    }

    private static Number Checked(RenderContext context, BigInteger value) => value.GetBitLength() <= MaxBits
        ? Number.FromBig(value)
        : throw context.Error(LiquidErrorCode.TextLimit, $"a whole number of more than {MaxBits} bits", "a smaller number");

    private static void CheckDivisor(RenderContext context, Number divisor)
    {
        var isZero = divisor.IsWhole ? divisor.ToBig().IsZero : divisor.ToDouble() == 0;
        if (isZero)
        {
            throw context.Error(LiquidErrorCode.DivisionByZero, "a division by zero", "another divisor");
        }
    }
}

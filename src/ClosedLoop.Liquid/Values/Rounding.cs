using System.Globalization;
using System.Numerics;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Values;

/// <summary>Numbers made whole, or shortened to some decimal places; halves go away from zero.</summary>
internal static class Rounding
{
    public static LiquidValue ToWhole(RenderContext context, Number value, Func<decimal, decimal> exact, Func<double, double> inexact)
    {
        if (value.IsWhole)
        {
            return value.ToValue();
        }

        return value.TryGetDecimal(out var number) ? Whole(exact(number)) : Whole(context, inexact(value.ToDouble()));
    }

    public static LiquidValue Round(RenderContext context, Number value, Number places)
    {
        var digits = (int)Math.Clamp(Math.Truncate(places.ToDouble()), -400, 400);
        if (value.IsWhole)
        {
            return digits >= 0 ? value.ToValue() : LiquidValue.FromInteger(RoundAt(value.ToBig(), -digits));
        }

        if (!value.TryGetDecimal(out var number))
        {
            var inexact = value.ToDouble();
            return digits > 0
                ? LiquidValue.FromFloat(Math.Abs(inexact) > 1e15 || digits > 15 ? inexact : Math.Round(inexact, digits, MidpointRounding.AwayFromZero))
                : LiquidValue.FromInteger(RoundAt(ToBig(context, Math.Round(inexact, MidpointRounding.AwayFromZero)), -digits));
        }

        if (digits > 0)
        {
            return Number.FromDecimal(digits > 28 ? number : Math.Round(number, digits, MidpointRounding.AwayFromZero)).ToFloat();
        }

        // Rounding to tens must look at the fraction too: 14.9 is nearer to 10, 15.0 is halfway to 20.
        return digits == 0
            ? Whole(Math.Round(number, MidpointRounding.AwayFromZero))
            : LiquidValue.FromInteger(RoundAt((BigInteger)Math.Truncate(number), -digits));
    }

    private static BigInteger RoundAt(BigInteger value, int digits)
    {
        if (digits == 0)
        {
            return value;
        }

        var unit = BigInteger.Pow(10, digits);
        var remainder = BigInteger.Remainder(BigInteger.Abs(value), unit);
        var magnitude = BigInteger.Abs(value) - remainder + (remainder * 2 >= unit ? unit : BigInteger.Zero);
        return value.Sign < 0 ? -magnitude : magnitude;
    }

    private static LiquidValue Whole(decimal value) =>
        value >= long.MinValue && value <= long.MaxValue ? LiquidValue.FromInteger((long)value) : LiquidValue.FromInteger((BigInteger)value);

    private static LiquidValue Whole(RenderContext context, double value) => LiquidValue.FromInteger(ToBig(context, value));

    private static BigInteger ToBig(RenderContext context, double value) => double.IsFinite(value)
        ? BigInteger.Parse(value.ToString("F0", CultureInfo.InvariantCulture), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : throw context.Error(LiquidErrorCode.InvalidArgument, FloatText.Format(value), "a finite number");
}

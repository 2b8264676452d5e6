using System.Numerics;

namespace ClosedLoop.Liquid.Values;

/// <summary>The order of numbers of any kind.</summary>
internal static class NumberOrder
{
    public static int Compare(in LiquidValue left, in LiquidValue right)
    {
        if (left.Kind == LiquidKind.Integer && right.Kind == LiquidKind.Integer)
        {
            return left.Integer.CompareTo(right.Integer);
        }

        if (left.Kind == LiquidKind.Float || right.Kind == LiquidKind.Float)
        {
            return ToDouble(left).CompareTo(ToDouble(right));
        }

        return ToBig(left).CompareTo(ToBig(right));
    }

    public static double ToDouble(in LiquidValue value) => value.Kind switch
    {
        LiquidKind.Float => value.Float,
        LiquidKind.BigInteger => (double)value.BigInteger,
        _ => value.Integer,
    };

    private static BigInteger ToBig(in LiquidValue value) =>
        value.Kind == LiquidKind.BigInteger ? value.BigInteger : new BigInteger(value.Integer);
}

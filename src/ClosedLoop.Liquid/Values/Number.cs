using System.Globalization;
using System.Numerics;

namespace ClosedLoop.Liquid.Values;

/// <summary>
/// An operand of the math filters. The reference implementation computes fractions in decimal (BigDecimal made from the shortest
/// text of a float) and turns the result back into a float; decimal does the same within its 28 digits, double beyond them.
/// </summary>
internal readonly struct Number
{
    private readonly decimal _decimal;
    private readonly double _double;

    private Number(BigInteger? whole, decimal exact, double inexact, NumberKind kind, long integer)
    {
        Big = whole ?? default;
        _decimal = exact;
        _double = inexact;
        Kind = kind;
        Integer = integer;
    }

    public static Number Zero => FromInteger(0);

    public NumberKind Kind { get; }

    public bool IsWhole => Kind is NumberKind.Integer or NumberKind.Big;

    public long Integer { get; }

    public BigInteger Big { get; }

    public static Number FromInteger(long value) => new(null, 0, 0, NumberKind.Integer, value);

    public static Number FromBig(BigInteger value) => value >= long.MinValue && value <= long.MaxValue
        ? FromInteger((long)value)
        : new(value, 0, 0, NumberKind.Big, 0);

    public static Number FromDecimal(decimal value) => new(null, value, 0, NumberKind.Decimal, 0);

    public static Number FromDouble(double value)
    {
        var magnitude = Math.Abs(value);
        if (value == 0)
        {
            return FromDecimal(0);
        }

        if (magnitude < 1e-12 || magnitude > 1e15 || !double.IsFinite(value))
        {
            return new(null, 0, value, NumberKind.Double, 0);
        }

        // The conversion keeps 15 digits; when they read back as the same float they are its shortest text.
        var exact = (decimal)value;
        if ((double)exact != value)
        {
            exact = decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return FromDecimal(exact);
    }

    /// <summary>What the math filters make of a value: text is read from its start, anything without a number is 0.</summary>
    public static Number From(in LiquidValue value) => value.Kind switch
    {
        LiquidKind.Integer => FromInteger(value.Integer),
        LiquidKind.BigInteger => FromBig(value.BigInteger),
        LiquidKind.Float => FromDouble(value.Float),
        LiquidKind.String or LiquidKind.Slot => NumberText.Read(value.ToText()),
        _ => Zero,
    };

    public BigInteger ToBig() => Kind == NumberKind.Big ? Big : Integer;

    public double ToDouble() => Kind switch
    {
        NumberKind.Integer => Integer,
        NumberKind.Big => (double)Big,
        NumberKind.Decimal => ToDouble(_decimal),
        _ => _double,
    };

    /// <summary>False when the number does not fit decimal.</summary>
    public bool TryGetDecimal(out decimal value)
    {
        value = Kind == NumberKind.Integer ? Integer : _decimal;
        return Kind is NumberKind.Integer or NumberKind.Decimal;
    }

    public LiquidValue ToValue() => Kind switch
    {
        NumberKind.Integer => LiquidValue.FromInteger(Integer),
        NumberKind.Big => LiquidValue.FromInteger(Big),
        _ => LiquidValue.FromFloat(ToDouble()),
    };

    public LiquidValue ToFloat() => LiquidValue.FromFloat(ToDouble());

    private static double ToDouble(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var low = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];

        // Both operands exact as doubles: one division is correctly rounded. The framework's own conversion may be one bit off.
        if (bits[2] == 0 && low <= 1UL << 53 && scale <= 22)
        {
            var magnitude = low / PowerOfTen(scale);
            return bits[3] < 0 ? -magnitude : magnitude;
        }

        return double.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static double PowerOfTen(int exponent)
    {
        ReadOnlySpan<double> powers =
        [
            1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
        ];
        return powers[exponent];
    }
}

using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Dkim;

/// <summary>A point of edwards25519 in extended coordinates (RFC 8032 section 5.1.4). Its addition has no special cases.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Point25519
{
    private const int Digits = 64;
    private const int Choices = 16;

    private static readonly Field25519 TwiceD = Constant("37095705934669439343138083508754565189542113879843219016388785533085940283555") + Constant("37095705934669439343138083508754565189542113879843219016388785533085940283555");

    /// <summary>Multiples 0 to 15 of the base point for each of the 64 hexadecimal digits a scalar has.</summary>
    private static readonly Addend[] BaseMultiples = Multiples();

    private readonly Field25519 _x;
    private readonly Field25519 _y;
    private readonly Field25519 _z;
    private readonly Field25519 _t;

    private Point25519(in Field25519 x, in Field25519 y, in Field25519 z, in Field25519 t)
    {
        _x = x;
        _y = y;
        _z = z;
        _t = t;
    }

    private static Point25519 Identity => new(Field25519.Zero, Field25519.One, Field25519.One, Field25519.Zero);

    /// <summary>The base point times a scalar of 32 octets, little endian. Every table entry is touched whatever the scalar is.</summary>
    public static Point25519 BaseTimes(ReadOnlySpan<byte> scalar)
    {
        var sum = Identity;
        for (var digit = 0; digit < Digits; digit++)
        {
            var value = (scalar[digit / 2] >> (digit % 2 * 4)) & 15;
            var row = BaseMultiples.AsSpan(digit * Choices, Choices);
            var chosen = row[0];
            for (var i = 1; i < Choices; i++)
            {
                // All ones when i is the digit: i ^ value is 0 to 15, and only 0 borrows.
                var mask = (ulong)(((long)(i ^ value) - 1) >> 63);
                chosen = chosen.Select(row[i], mask);
            }

            sum = sum.Plus(chosen);
        }

        return sum;
    }

    /// <summary>RFC 8032 section 5.1.2: y, and the lowest bit of x in the highest bit.</summary>
    public void Write(Span<byte> target)
    {
        var inverse = _z.Invert();
        Span<byte> x = stackalloc byte[32];
        (_x * inverse).Write(x);
        (_y * inverse).Write(target);
        target[31] |= (byte)(x[0] << 7);
    }

    private Point25519 Plus(in Addend other)
    {
        var a = (_y - _x) * other.Difference;
        var b = (_y + _x) * other.Sum;
        var c = _t * other.TwiceDT;
        var d = _z * other.TwiceZ;
        var e = b - a;
        var f = d - c;
        var g = d + c;
        var h = b + a;
        return new(e * f, g * h, f * g, e * h);
    }

    private Addend ToAddend() => new(_y - _x, Field25519.Zero + _y + _x, TwiceD * _t, _z + _z);

    private static Addend[] Multiples()
    {
        var x = Constant("15112221349535400772501151409588531511454012693041857206046113283949847762202");
        var y = Constant("46316835694926478169428394003475163141307993866256225615783033603165251855960");
        var unit = new Point25519(x, y, Field25519.One, x * y);
        var table = new Addend[Digits * Choices];
        for (var digit = 0; digit < Digits; digit++)
        {
            var step = unit.ToAddend();
            var multiple = Identity;
            for (var i = 0; i < Choices; i++)
            {
                table[(digit * Choices) + i] = multiple.ToAddend();
                multiple = multiple.Plus(step);
            }

            // Sixteen times the unit is the next digit's unit.
            unit = multiple;
        }

        return table;
    }

    private static Field25519 Constant(string number) => Field25519.Of(BigInteger.Parse(number, CultureInfo.InvariantCulture));

    /// <summary>A point in the form in which adding it costs least.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Addend(in Field25519 difference, in Field25519 sum, in Field25519 twiceDT, in Field25519 twiceZ)
    {
        public readonly Field25519 Difference = difference;
        public readonly Field25519 Sum = sum;
        public readonly Field25519 TwiceDT = twiceDT;
        public readonly Field25519 TwiceZ = twiceZ;

        public Addend Select(in Addend other, ulong mask) =>
            new(Difference.Select(other.Difference, mask), Sum.Select(other.Sum, mask), TwiceDT.Select(other.TwiceDT, mask), TwiceZ.Select(other.TwiceZ, mask));
    }
}

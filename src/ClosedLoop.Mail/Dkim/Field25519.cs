using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Dkim;

/// <summary>
/// A number modulo 2^255 - 19 in five limbs of 51 bits (RFC 7748 section 4.1). No branch and no memory access depends on a value. Limbs may
/// grow to 54 bits between multiplications: a sum or difference of two products is a fit operand.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Field25519
{
    private const ulong Mask = (1UL << 51) - 1;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;
    private readonly ulong _e;

    private Field25519(ulong a, ulong b, ulong c, ulong d, ulong e) => (_a, _b, _c, _d, _e) = (a, b, c, d, e);

    public static Field25519 Zero => default;

    public static Field25519 One => new(1, 0, 0, 0, 0);

    public static Field25519 Of(BigInteger value) =>
        new((ulong)(value & Mask), (ulong)((value >> 51) & Mask), (ulong)((value >> 102) & Mask), (ulong)((value >> 153) & Mask), (ulong)((value >> 204) & Mask));

    public static Field25519 operator +(in Field25519 x, in Field25519 y) =>
        new(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d, x._e + y._e);

    /// <summary>Four times the modulus is added first, so that no limb falls below zero.</summary>
    public static Field25519 operator -(in Field25519 x, in Field25519 y) => Carry(
        x._a + (4 * (Mask - 18)) - y._a,
        x._b + (4 * Mask) - y._b,
        x._c + (4 * Mask) - y._c,
        x._d + (4 * Mask) - y._d,
        x._e + (4 * Mask) - y._e);

    public static Field25519 operator *(in Field25519 x, in Field25519 y)
    {
        // 2^255 is 19: what overflows the top limb comes back below, nineteen times.
        var b19 = 19 * y._b;
        var c19 = 19 * y._c;
        var d19 = 19 * y._d;
        var e19 = 19 * y._e;
        var r0 = default(Wide);
        r0.Add(x._a, y._a);
        r0.Add(x._b, e19);
        r0.Add(x._c, d19);
        r0.Add(x._d, c19);
        r0.Add(x._e, b19);
        var r1 = default(Wide);
        r1.Add(x._a, y._b);
        r1.Add(x._b, y._a);
        r1.Add(x._c, e19);
        r1.Add(x._d, d19);
        r1.Add(x._e, c19);
        var r2 = default(Wide);
        r2.Add(x._a, y._c);
        r2.Add(x._b, y._b);
        r2.Add(x._c, y._a);
        r2.Add(x._d, e19);
        r2.Add(x._e, d19);
        var r3 = default(Wide);
        r3.Add(x._a, y._d);
        r3.Add(x._b, y._c);
        r3.Add(x._c, y._b);
        r3.Add(x._d, y._a);
        r3.Add(x._e, e19);
        var r4 = default(Wide);
        r4.Add(x._a, y._e);
        r4.Add(x._b, y._d);
        r4.Add(x._c, y._c);
        r4.Add(x._d, y._b);
        r4.Add(x._e, y._a);

        r1.Add(r0.Shifted, 1);
        r2.Add(r1.Shifted, 1);
        r3.Add(r2.Shifted, 1);
        r4.Add(r3.Shifted, 1);
        return Carry((r0.Low & Mask) + (19 * r4.Shifted), r1.Low & Mask, r2.Low & Mask, r3.Low & Mask, r4.Low & Mask);
    }

    /// <summary>The inverse by Fermat: the power 2^255 - 21, whose bits are all set but the second and the fourth.</summary>
    public Field25519 Invert()
    {
        var result = this;
        for (var bit = 253; bit >= 0; bit--)
        {
            result *= result;
            if (bit is not (2 or 4))
                result *= this;
        }

        return result;
    }

    /// <summary>Takes the other value when the mask is all ones, this when it is zero.</summary>
    public Field25519 Select(in Field25519 other, ulong mask) => new(
        _a ^ (mask & (_a ^ other._a)),
        _b ^ (mask & (_b ^ other._b)),
        _c ^ (mask & (_c ^ other._c)),
        _d ^ (mask & (_d ^ other._d)),
        _e ^ (mask & (_e ^ other._e)));

    /// <summary>Writes the least form in 32 octets, little endian (RFC 8032 section 5.1.2).</summary>
    public void Write(Span<byte> target)
    {
        var x = Carry(_a, _b, _c, _d, _e);
        x = Carry(x._a, x._b, x._c, x._d, x._e);

        // Nineteen more reach 2^255 exactly when the value is not below the modulus.
        var q = (x._a + 19) >> 51;
        q = (x._b + q) >> 51;
        q = (x._c + q) >> 51;
        q = (x._d + q) >> 51;
        q = (x._e + q) >> 51;
        var a = x._a + (19 * q);
        var b = x._b + (a >> 51);
        var c = x._c + (b >> 51);
        var d = x._d + (c >> 51);
        var e = (x._e + (d >> 51)) & Mask;
        a &= Mask;
        b &= Mask;
        c &= Mask;
        d &= Mask;
        MemoryMarshal.Write(target, a | (b << 51));
        MemoryMarshal.Write(target[8..], (b >> 13) | (c << 38));
        MemoryMarshal.Write(target[16..], (c >> 26) | (d << 25));
        MemoryMarshal.Write(target[24..], (d >> 39) | (e << 12));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Field25519 Carry(ulong a, ulong b, ulong c, ulong d, ulong e)
    {
        b += a >> 51;
        c += b >> 51;
        d += c >> 51;
        e += d >> 51;
        return new((a & Mask) + (19 * (e >> 51)), b & Mask, c & Mask, d & Mask, e & Mask);
    }

    /// <summary>A sum of products of 64 by 64 bits.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Wide
    {
        private ulong _high;

        public ulong Low { get; private set; }

        /// <summary>The sum without its lowest 51 bits.</summary>
        public readonly ulong Shifted => (Low >> 51) | (_high << 13);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ulong x, ulong y)
        {
            var high = Math.BigMul(x, y, out ulong low);
            Low += low;
            _high += high + (Low < low ? 1UL : 0UL);
        }
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// SipHash-1-3 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", and the authors'
/// 128-bit variant), under a random key. Keyed, so that nobody can write a file in which two different addresses
/// count as one; 128 bits wide, so that it does not happen by chance either.
/// </summary>
internal readonly struct SipHash128
{
    private readonly ulong _k0;
    private readonly ulong _k1;

    private SipHash128(ulong k0, ulong k1)
    {
        _k0 = k0;
        _k1 = k1;
    }

    public static SipHash128 WithRandomKey()
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        return WithKey(key);
    }

    public static SipHash128 WithKey(ReadOnlySpan<byte> key) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));

    /// <summary>The hash of some bytes.</summary>
    /// <param name="data">What is hashed.</param>
    /// <param name="tweak">Mixed into the key: equal data under different tweaks differ.</param>
    public UInt128 Hash(ReadOnlySpan<byte> data, ulong tweak = 0)
    {
        var k0 = _k0 ^ tweak;
        var v0 = 0x736f6d6570736575UL ^ k0;
        var v1 = 0x646f72616e646f6dUL ^ _k1 ^ 0xee;
        var v2 = 0x6c7967656e657261UL ^ k0;
        var v3 = 0x7465646279746573UL ^ _k1;
        var last = (ulong)data.Length << 56;
        while (data.Length >= 8)
        {
            var m = BinaryPrimitives.ReadUInt64LittleEndian(data);
            v3 ^= m;
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= m;
            data = data[8..];
        }

        for (var i = 0; i < data.Length; i++) last |= (ulong)data[i] << (8 * i);
        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;

        v2 ^= 0xee;
        for (var i = 0; i < 3; i++) Round(ref v0, ref v1, ref v2, ref v3);
        var low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        for (var i = 0; i < 3; i++) Round(ref v0, ref v1, ref v2, ref v3);
        return new UInt128(v0 ^ v1 ^ v2 ^ v3, low);
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}

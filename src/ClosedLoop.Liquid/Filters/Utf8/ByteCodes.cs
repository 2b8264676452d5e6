using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>
/// What each byte is written as, at most seven bytes. Eight are copied for each byte and as many are gone on by as count, so that the
/// processor has nothing to guess: texts of recipients are short and have their special characters anywhere.
/// </summary>
internal sealed class ByteCodes
{
    private const int Most = 7;

    private readonly ulong[] _codes = new ulong[256];
    private readonly int _longest;

    private ByteCodes(byte[][] codes)
    {
        _longest = codes.Max(c => c.Length);
        for (var b = 0; b < codes.Length; b++)
        {
            // Bytes in memory order; the last one says how many count.
            _codes[b] = (ulong)codes[b].Length << 56;
            for (var i = 0; i < codes[b].Length; i++)
            {
                _codes[b] |= (ulong)codes[b][i] << (8 * i);
            }
        }
    }

    /// <summary>Null where a code is longer than fits, and on machines that keep bytes in another order.</summary>
    public static ByteCodes? TryCreate(Func<byte, byte[]> codeOf)
    {
        var codes = Enumerable.Range(0, 256).Select(b => codeOf((byte)b)).ToArray();
        return BitConverter.IsLittleEndian && Array.TrueForAll(codes, c => c.Length <= Most) ? new ByteCodes(codes) : null;
    }

    /// <summary>Returns the bytes used, or -1 when the longest result would not fit.</summary>
    public int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room)
    {
        if (((long)input.Length * _longest) + sizeof(ulong) > room.Length)
        {
            return -1;
        }

        ref var codes = ref MemoryMarshal.GetArrayDataReference(_codes);
        ref var start = ref MemoryMarshal.GetReference(room);
        nuint used = 0;
        foreach (var b in input)
        {
            var code = Unsafe.Add(ref codes, b);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, used), code);
            used += (nuint)(code >> 56);
        }

        return (int)used;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClosedLoop.Liquid.Ast;

/// <summary>
/// Constant bytes with room behind them, so that they can be copied in whole vectors: a mail is a few dozen constants, and what a general
/// copy spends on the odd bytes at their ends is as much as it spends on the bytes.
/// </summary>
internal readonly struct PaddedBytes
{
    /// <summary>Room that must be free behind the copy; its bytes may be overwritten.</summary>
    public const int Slack = 64;

    /// <summary>From here on a general copy is no slower.</summary>
    private const int Long = 8192;

    private readonly byte[] _bytes;

    public PaddedBytes(byte[] bytes)
    {
        Length = bytes.Length;
        _bytes = new byte[bytes.Length + Slack];
        bytes.CopyTo(_bytes, 0);
    }

    public int Length { get; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>False, with nothing copied, when there is less room than the bytes and the slack need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCopyTo(scoped Span<byte> room, int start)
    {
        var length = Length;
        if (length > room.Length - Slack - start)
        {
            return false;
        }

        if (length > Long)
        {
            Span.CopyTo(room[start..]);
            return true;
        }

        // Both ends are inside: reads end before length + 64, which is what the array has, and so do writes.
        ref var from = ref MemoryMarshal.GetArrayDataReference(_bytes);
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(room), start);
        Vector512.LoadUnsafe(ref from).StoreUnsafe(ref to);

        // From the next multiple of 64 on no store touches two cache lines. Should the collector move the room meanwhile, only time is lost.
        for (var at = Slack - (Address(ref to) & (Slack - 1)); at < (nuint)length; at += Slack)
        {
            Vector512.LoadUnsafe(ref from, at).StoreUnsafe(ref to, at);
        }

        return true;
    }

    private static nuint Address(ref byte start) => (nuint)Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref start);
}

using System.Buffers.Binary;
using System.Numerics;

namespace ClosedLoop.Responses.Spool;

/// <summary>
/// One record on disk, little-endian: length of the payload (4 bytes), CRC-32C over length and payload (4), payload.
/// The checksum covers the length, so that a torn or zero-filled tail never reads as a record.
/// </summary>
internal static class SpoolFrame
{
    public const int HeaderLength = 8;
    public const int MaxPayloadLength = 64 * 1024;

    public static void Write(Span<byte> destination, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Checksum(payload));
        payload.CopyTo(destination[HeaderLength..]);
    }

    /// <summary>The payload of the frame at the start of <paramref name="data"/>.</summary>
    /// <param name="data">Bytes from the start of a frame.</param>
    /// <param name="payload">The payload, when whole.</param>
    /// <param name="needsMore">True when the frame may be whole but goes on after the data.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> payload, out bool needsMore)
    {
        payload = default;
        needsMore = data.Length < HeaderLength;
        if (needsMore)
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(data);
        if (length is < 1 or > MaxPayloadLength)
            return false;
        needsMore = data.Length < HeaderLength + length;
        if (needsMore)
            return false;
        var candidate = data.Slice(HeaderLength, length);
        if (Checksum(candidate) != BinaryPrimitives.ReadUInt32LittleEndian(data[4..]))
            return false;
        payload = candidate;
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> payload)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (uint)payload.Length);
        while (payload.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(payload));
            payload = payload[sizeof(ulong)..];
        }
        foreach (var octet in payload)
            crc = BitOperations.Crc32C(crc, octet);
        return ~crc;
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ClosedLoop.Model.Recipients;

/// <summary>
/// A recipient's column values as one blob: for each list field in order a varint of length + 1, then that many
/// bytes of UTF-8; a varint of 0 is NULL. A template reads a column as a slice of the blob, without a string.
/// </summary>
public static class RecipientFields
{
    /// <summary>Appends one field.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> value, bool isNull)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (isNull)
        {
            output.GetSpan(1)[0] = 0;
            output.Advance(1);
            return;
        }

        var span = output.GetSpan(5 + value.Length);
        var prefix = WriteVarint(span, (uint)value.Length + 1);
        value.CopyTo(span[prefix..]);
        output.Advance(prefix + value.Length);
    }

    /// <summary>
    /// Finds every field: <paramref name="starts"/>[i] is the offset of field i, or -1 for NULL;
    /// <paramref name="lengths"/>[i] its length in bytes. Fields missing at the end read as NULL, so that a list
    /// may grow without rewriting stored rows.
    /// </summary>
    /// <exception cref="InvalidDataException">The blob ends inside a field.</exception>
    public static void Index(ReadOnlySpan<byte> blob, Span<int> starts, Span<int> lengths)
    {
        var at = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = -1;
            lengths[i] = 0;
            if (at >= blob.Length) continue;
            var prefix = ReadVarint(blob, ref at);
            if (prefix == 0) continue;
            var length = (int)(prefix - 1);
            if (length > blob.Length - at) ThrowTorn(at, length, blob.Length);
            starts[i] = at;
            lengths[i] = length;
            at += length;
        }
    }

    private static int WriteVarint(Span<byte> span, uint value)
    {
        var n = 0;
        while (value >= 0x80)
        {
            span[n++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[n++] = (byte)value;
        return n;
    }

    private static uint ReadVarint(ReadOnlySpan<byte> blob, ref int at)
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (at >= blob.Length) ThrowTorn(at, 1, blob.Length);
            var b = blob[at++];
            value |= (uint)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        throw new InvalidDataException($"Recipient fields: length prefix before offset {at} is longer than 5 bytes.");
    }

    [DoesNotReturn]
    private static void ThrowTorn(int at, int length, int total) => throw new InvalidDataException(
        $"Recipient fields: {length} bytes expected at offset {at}, but the blob has {total}. The stored row is damaged.");
}

using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace ClosedLoop.Model.Events;

/// <summary>
/// Binary form of a <see cref="TrackedEvent"/>, little-endian: format (1 byte), kind (1), flags (1), length of the address (1: 0, 4 or 16),
/// mailing id (8), recipient sequence (8), link ordinal (4), moment (8), address, then the user agent in UTF-8 to the end.
/// </summary>
public static class TrackedEventCodec
{
    /// <summary>Bytes that are enough for any event.</summary>
    public const int MaxLength = FixedLength + 16 + (TrackedEvent.MaxUserAgentLength * 3);

    private const byte Format = 1;
    private const int FixedLength = 32;

    /// <summary>Writes an event; a longer user agent is cut.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="tracked">The event.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, TrackedEvent tracked)
    {
        ArgumentNullException.ThrowIfNull(tracked);
        destination[0] = Format;
        destination[1] = (byte)tracked.Kind;
        destination[2] = (byte)tracked.Flags;
        BinaryPrimitives.WriteInt64LittleEndian(destination[4..], tracked.MailingId);
        BinaryPrimitives.WriteInt64LittleEndian(destination[12..], tracked.RecipientSequence);
        BinaryPrimitives.WriteInt32LittleEndian(destination[20..], tracked.LinkOrdinal);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], tracked.OccurredAt);
        var addressLength = 0;
        if (tracked.RemoteAddress is { } address && !address.TryWriteBytes(destination[FixedLength..], out addressLength))
            throw new ArgumentException($"The destination has {destination.Length} bytes; expected at least {MaxLength}.", nameof(destination));
        destination[3] = (byte)addressLength;
        var length = FixedLength + addressLength;
        return length + Encoding.UTF8.GetBytes(Cut(tracked.UserAgent), destination[length..]);
    }

    /// <summary>Reads an event; false when the bytes are not one of this format.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out TrackedEvent? tracked)
    {
        tracked = null;
        if (source.Length < FixedLength || source[0] != Format || source[3] is not (0 or 4 or 16) || source.Length < FixedLength + source[3])
            return false;
        var kind = (TrackedEventKind)source[1];
        if (kind is not (TrackedEventKind.Open or TrackedEventKind.Click or TrackedEventKind.Unsubscribe))
            return false;
        var userAgent = FixedLength + source[3];
        tracked = new TrackedEvent(
            kind,
            BinaryPrimitives.ReadInt64LittleEndian(source[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            Encoding.UTF8.GetString(source[userAgent..]),
            source[3] == 0 ? null : new IPAddress(source[FixedLength..userAgent]),
            (TrackedEventFlags)source[2]);
        return true;
    }

    private static ReadOnlySpan<char> Cut(string userAgent)
    {
        if (userAgent.Length <= TrackedEvent.MaxUserAgentLength)
            return userAgent;

        // Half of a surrogate pair would be stored as a replacement character.
        var length = TrackedEvent.MaxUserAgentLength;
        return userAgent.AsSpan(0, char.IsHighSurrogate(userAgent[length - 1]) ? length - 1 : length);
    }
}

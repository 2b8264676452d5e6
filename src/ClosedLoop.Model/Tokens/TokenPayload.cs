using System.Security.Cryptography;

namespace ClosedLoop.Model.Tokens;

/// <summary>
/// The binary form under both spellings of a token:
/// header (version in the high four bits, kind in the low four), key id, mailing id, recipient sequence,
/// for clicks the link ordinal and the target in UTF-8, then the first 128 bits of HMAC-SHA256 over all of it (RFC 2104 section 5).
/// Numbers are base-128, least significant group first.
/// </summary>
internal static class TokenPayload
{
    public const int MacLength = 16;
    public const int MaxNumberLength = 9;
    public const int MaxIdsLength = 2 + (2 * MaxNumberLength);
    private const int Version = 1;

    public static int WriteIds(Span<byte> destination, TrackingTokenKind kind, byte keyId, long mailingId, long recipientSequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mailingId);
        ArgumentOutOfRangeException.ThrowIfNegative(recipientSequence);
        destination[0] = (byte)((Version << 4) | (int)kind);
        destination[1] = keyId;
        var length = 2;
        length += WriteNumber(destination[length..], (ulong)mailingId);
        length += WriteNumber(destination[length..], (ulong)recipientSequence);
        return length;
    }

    /// <summary>Signs the first <paramref name="length"/> bytes and puts the signature behind them.</summary>
    public static int Sign(Span<byte> payload, int length, SigningKey key)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Sign(payload[..length], mac);
        mac[..MacLength].CopyTo(payload[length..]);
        return length + MacLength;
    }

    /// <summary>The signed bytes without their signature, or false when no known key made it. Nothing is parsed before this held.</summary>
    public static bool TryVerify(ReadOnlySpan<byte> payload, SigningKeys keys, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (payload.Length < 4 + MacLength || payload[0] >> 4 != Version || keys.Find(payload[1]) is not { } key)
            return false;
        var signed = payload[..^MacLength];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Sign(signed, mac);

        // Constant time: a comparison that stops early tells a guesser how many leading bytes were right.
        if (!CryptographicOperations.FixedTimeEquals(mac[..MacLength], payload[^MacLength..]))
            return false;
        message = signed;
        return true;
    }

    public static bool TryReadIds(ReadOnlySpan<byte> message, out TrackingTokenKind kind, out long mailingId, out long recipientSequence, out ReadOnlySpan<byte> rest)
    {
        kind = (TrackingTokenKind)(message[0] & 0x0F);
        rest = message[2..];
        recipientSequence = 0;
        return TryReadNumber(ref rest, out mailingId) && TryReadNumber(ref rest, out recipientSequence);
    }

    public static int WriteNumber(Span<byte> destination, ulong value)
    {
        var length = 0;
        while (value >= 0x80)
        {
            destination[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        destination[length++] = (byte)value;
        return length;
    }

    public static bool TryReadNumber(ref ReadOnlySpan<byte> source, out long value)
    {
        value = 0;
        for (var i = 0; i < source.Length && i < MaxNumberLength; i++)
        {
            value |= (long)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                return true;
            }
        }
        return false;
    }
}

using System.Text;

namespace ClosedLoop.Model.Tokens;

/// <summary>
/// Writes and reads tokens that are the local part of an address: <c>b-…</c> for the envelope sender (VERP),
/// <c>u-…</c> for <c>List-Unsubscribe: &lt;mailto:…&gt;</c>. Lower-case base32 (RFC 4648 section 6, without padding), because mail systems on the
/// way back change the case of local parts; at most 60 octets, inside the 64 of RFC 5321 section 4.5.3.1.1. Safe for concurrent use.
/// </summary>
public sealed class AddressTokenCodec
{
    /// <summary>Octets that are enough for any address token.</summary>
    public const int MaxLength = PrefixLength + (((MaxPayloadLength * 8) + 4) / 5);

    private const int PrefixLength = 2;
    private const int MaxPayloadLength = TokenPayload.MaxIdsLength + TokenPayload.MacLength;
    private readonly SigningKeys _keys;

    public AddressTokenCodec(SigningKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>Writes the local part of an address. Allocates nothing.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes; receives ASCII.</param>
    /// <param name="kind"><see cref="TrackingTokenKind.Return"/> or <see cref="TrackingTokenKind.UnsubscribeMail"/>.</param>
    /// <param name="mailingId">The mailing; not negative.</param>
    /// <param name="recipientSequence">The recipient's position in the mailing; not negative.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">Another kind, a negative number or too little room.</exception>
    public int Write(Span<byte> destination, TrackingTokenKind kind, long mailingId, long recipientSequence)
    {
        if (Prefix(kind) is not { } prefix)
            throw new ArgumentException($"A token of kind {kind} is not an address; expected Return or UnsubscribeMail.", nameof(kind));
        Span<byte> payload = stackalloc byte[MaxPayloadLength];
        var length = TokenPayload.WriteIds(payload, kind, _keys.Current.Id, mailingId, recipientSequence);
        length = TokenPayload.Sign(payload, length, _keys.Current);
        destination[0] = (byte)prefix;
        destination[1] = (byte)'-';
        return PrefixLength + Base32.Encode(payload[..length], destination[PrefixLength..]);
    }

    /// <summary>The local part as a string, for places that are not hot.</summary>
    public string ToString(TrackingTokenKind kind, long mailingId, long recipientSequence)
    {
        Span<byte> destination = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(destination[..Write(destination, kind, mailingId, recipientSequence)]);
    }

    /// <summary>Reads the local part of an address, in any case. Anything altered, cut or of another form is false; nothing throws.</summary>
    public bool TryRead(ReadOnlySpan<char> localPart, out TrackingToken token)
    {
        token = default;
        if (localPart.Length is <= PrefixLength or > MaxLength || localPart[1] != '-')
            return false;
        Span<byte> payload = stackalloc byte[MaxPayloadLength];
        if (!Base32.TryDecode(localPart[PrefixLength..], payload, out var length)
            || !TokenPayload.TryVerify(payload[..length], _keys, out var message)
            || !TokenPayload.TryReadIds(message, out var kind, out var mailingId, out var sequence, out var rest)
            || !rest.IsEmpty
            || Prefix(kind) != char.ToLowerInvariant(localPart[0]))
        {
            return false;
        }
        token = new TrackingToken(kind, mailingId, sequence);
        return true;
    }

    private static char? Prefix(TrackingTokenKind kind) => kind switch
    {
        TrackingTokenKind.Return => 'b',
        TrackingTokenKind.UnsubscribeMail => 'u',
        _ => null,
    };
}

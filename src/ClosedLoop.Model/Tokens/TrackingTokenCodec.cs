using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ClosedLoop.Model.Tokens;

/// <summary>
/// Writes and reads the tokens in tracking URLs (base64url, RFC 4648 section 5, without padding).
/// Pure computation: the sender writes and the endpoints read without a database. Safe for concurrent use.
/// </summary>
public sealed class TrackingTokenCodec
{
    /// <summary>
    /// Longest token, in characters. With the path before it the request line stays inside the 8,192 bytes that web servers
    /// (Kestrel, nginx) take by default: a longer token would be written and then never served.
    /// </summary>
    public const int MaxTokenLength = 8000;

    /// <summary>Longest target of a click, in bytes of UTF-8.</summary>
    public const int MaxTargetLength = (MaxTokenLength / 4 * 3) - TokenPayload.MaxIdsLength - MaxOrdinalLength - TokenPayload.MacLength;

    private const int MaxOrdinalLength = 5;
    private readonly SigningKeys _keys;

    public TrackingTokenCodec(SigningKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>Bytes that are enough for any token whose target has this many bytes of UTF-8 (0 for opens and unsubscribes).</summary>
    public static int MaxLength(int targetLength) =>
        Base64Url.GetEncodedLength(TokenPayload.MaxIdsLength + MaxOrdinalLength + targetLength + TokenPayload.MacLength);

    /// <summary>Writes the token of an open pixel or an unsubscribe page. Allocates nothing.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/>(0) bytes; receives ASCII.</param>
    /// <param name="kind"><see cref="TrackingTokenKind.Open"/> or <see cref="TrackingTokenKind.Unsubscribe"/>.</param>
    /// <param name="mailingId">The mailing; not negative.</param>
    /// <param name="recipientSequence">The recipient's position in the mailing; not negative.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">Another kind, a negative number or too little room.</exception>
    public int Write(Span<byte> destination, TrackingTokenKind kind, long mailingId, long recipientSequence)
    {
        if (kind is not (TrackingTokenKind.Open or TrackingTokenKind.Unsubscribe))
            throw new ArgumentException($"A token of kind {kind} is not written by this method; expected Open or Unsubscribe.", nameof(kind));
        Span<byte> payload = stackalloc byte[TokenPayload.MaxIdsLength + TokenPayload.MacLength];
        var length = TokenPayload.WriteIds(payload, kind, _keys.Current.Id, mailingId, recipientSequence);
        length = TokenPayload.Sign(payload, length, _keys.Current);
        return Base64Url.EncodeToUtf8(payload[..length], destination);
    }

    /// <summary>Writes the token of a tracked link. Allocates nothing.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/>(<paramref name="target"/>.Length) bytes; receives ASCII.</param>
    /// <param name="mailingId">The mailing; not negative.</param>
    /// <param name="recipientSequence">The recipient's position in the mailing; not negative.</param>
    /// <param name="linkOrdinal">The link's position in the message; not negative.</param>
    /// <param name="target">Absolute http or https URL in UTF-8, at most <see cref="MaxTargetLength"/> bytes; see <see cref="TrackingTarget"/>.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The target is refused, a number is negative or there is too little room.</exception>
    public int WriteClick(Span<byte> destination, long mailingId, long recipientSequence, int linkOrdinal, ReadOnlySpan<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(linkOrdinal);
        if (target.Length > MaxTargetLength)
            throw new ArgumentException($"The target of link {linkOrdinal} has {target.Length} bytes; a token takes at most {MaxTargetLength}.", nameof(target));
        if (!TrackingTarget.IsAcceptable(target))
            throw new ArgumentException($"The target of link {linkOrdinal} is not an absolute http or https URL without spaces, backslashes and control characters.", nameof(target));
        Span<byte> payload = stackalloc byte[TokenPayload.MaxIdsLength + MaxOrdinalLength + target.Length + TokenPayload.MacLength];
        var length = TokenPayload.WriteIds(payload, TrackingTokenKind.Click, _keys.Current.Id, mailingId, recipientSequence);
        length += TokenPayload.WriteNumber(payload[length..], (ulong)linkOrdinal);
        target.CopyTo(payload[length..]);
        length = TokenPayload.Sign(payload, length + target.Length, _keys.Current);
        return Base64Url.EncodeToUtf8(payload[..length], destination);
    }

    /// <summary>The token as a string, for places that are not hot.</summary>
    public string ToString(TrackingToken token)
    {
        var target = token.Target is null ? [] : Encoding.UTF8.GetBytes(token.Target);
        Span<byte> destination = stackalloc byte[MaxLength(Math.Min(target.Length, MaxTargetLength))];
        var length = token.Kind == TrackingTokenKind.Click
            ? WriteClick(destination, token.MailingId, token.RecipientSequence, token.LinkOrdinal, target)
            : Write(destination, token.Kind, token.MailingId, token.RecipientSequence);
        return Encoding.ASCII.GetString(destination[..length]);
    }

    /// <summary>Reads a token of the expected kind. Anything altered, cut, too long, or of another kind is false; nothing throws.</summary>
    public bool TryRead(ReadOnlySpan<char> text, TrackingTokenKind expected, out TrackingToken token) =>
        TryRead(text, out token) && (token.Kind == expected || Refuse(out token));

    /// <summary>Reads a token of any URL kind. Anything altered, cut or too long is false; nothing throws.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out TrackingToken token)
    {
        token = default;
        if (text.IsEmpty || text.Length > MaxTokenLength || text.Length % 4 == 1)
            return false;
        Span<byte> buffer = stackalloc byte[text.Length * 3 / 4];

        // One token, one spelling: the decoder refuses unused low bits that are set, but skips padding and white space, which then
        // leave fewer bytes than the characters could hold.
        if (Base64Url.DecodeFromChars(text, buffer, out _, out var written) != OperationStatus.Done || written != buffer.Length)
            return false;
        return TokenPayload.TryVerify(buffer, _keys, out var message) && TryParse(message, out token);
    }

    private static bool TryParse(ReadOnlySpan<byte> message, out TrackingToken token)
    {
        token = default;
        if (!TokenPayload.TryReadIds(message, out var kind, out var mailingId, out var sequence, out var rest))
            return false;
        switch (kind)
        {
            case TrackingTokenKind.Open or TrackingTokenKind.Unsubscribe when rest.IsEmpty:
                token = new TrackingToken(kind, mailingId, sequence);
                return true;
            case TrackingTokenKind.Click when TokenPayload.TryReadNumber(ref rest, out var ordinal) && ordinal <= int.MaxValue && TrackingTarget.IsAcceptable(rest):
                token = new TrackingToken(kind, mailingId, sequence, (int)ordinal, Encoding.UTF8.GetString(rest));
                return true;
            default:
                return false;
        }
    }

    private static bool Refuse(out TrackingToken token)
    {
        token = default;
        return false;
    }
}

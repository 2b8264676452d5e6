namespace ClosedLoop.Delivery.Channels.Sms;

/// <summary>A text cut into what travels as single short messages.</summary>
/// <param name="Alphabet">Of all segments.</param>
/// <param name="Segments">Octets of each, without a header: one for each septet of the GSM alphabet, two for each unit of UCS-2.</param>
public sealed record SmsBody(SmsAlphabet Alphabet, IReadOnlyList<byte[]> Segments);

namespace ClosedLoop.Data.Inbound;

/// <summary>A registered mail, as operators see it.</summary>
/// <param name="Id">Running number.</param>
/// <param name="Source">Which entry it came by.</param>
/// <param name="Kind">Number of the kind.</param>
/// <param name="Outcome">What was done with it.</param>
/// <param name="MailingId">The mailing it belongs to; null when unknown.</param>
/// <param name="Sequence">The recipient's position in the mailing.</param>
/// <param name="Sender">From field.</param>
/// <param name="Recipient">Where it was delivered.</param>
/// <param name="Subject">Decoded.</param>
/// <param name="Detail">Codes and words, or why it could not be matched.</param>
/// <param name="Size">Octets.</param>
/// <param name="Path">Where the raw mail lies; null when its time is over.</param>
/// <param name="ReceivedAt">Microseconds since 1970.</param>
public sealed record InboundMail(
    long Id, string Source, int Kind, InboundOutcome Outcome, long? MailingId, int? Sequence, string? Sender, string? Recipient, string? Subject, string? Detail, long Size, string? Path, long ReceivedAt);

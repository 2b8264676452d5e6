using ClosedLoop.Data.Suppression;

namespace ClosedLoop.Data.Privacy;

/// <summary>An entry of the suppression list. <paramref name="RecordedAt"/> in microseconds.</summary>
/// <param name="Kind">Blocked or unsubscribed.</param>
/// <param name="Reason">How it came there.</param>
/// <param name="MailingId">The mailing with whose link the person unsubscribed.</param>
/// <param name="RecordedAt">Since when.</param>
public sealed record PersonSuppression(SuppressionKind Kind, string? Reason, long? MailingId, long RecordedAt);

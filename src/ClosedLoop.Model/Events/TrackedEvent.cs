using System.Net;

namespace ClosedLoop.Model.Events;

/// <summary>One open, click or unsubscribe as it arrived.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="MailingId">The mailing, from the token.</param>
/// <param name="RecipientSequence">Position of the recipient in the mailing's ledger, from the token.</param>
/// <param name="LinkOrdinal">Position of the link in the message; 0 unless a click.</param>
/// <param name="OccurredAt">Moment in microseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="UserAgent">User-Agent header, cut at <see cref="MaxUserAgentLength"/> characters; empty when there was none.</param>
/// <param name="RemoteAddress">Address the request came from, when known.</param>
/// <param name="Flags">Further facts.</param>
public sealed record TrackedEvent(
    TrackedEventKind Kind,
    long MailingId,
    long RecipientSequence,
    int LinkOrdinal,
    long OccurredAt,
    string UserAgent = "",
    IPAddress? RemoteAddress = null,
    TrackedEventFlags Flags = TrackedEventFlags.None)
{
    /// <summary>Longest user agent kept, in UTF-16 characters.</summary>
    public const int MaxUserAgentLength = 512;

    /// <summary><see cref="OccurredAt"/> as a date and time.</summary>
    public DateTimeOffset OccurredAtUtc => Instants.FromMicroseconds(OccurredAt);
}

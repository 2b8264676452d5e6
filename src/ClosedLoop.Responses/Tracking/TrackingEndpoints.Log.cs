using ClosedLoop.Model.Events;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Tracking;

internal sealed partial class TrackingEndpoints
{
    [LoggerMessage(4211, LogLevel.Error, "A {Kind} of mailing {MailingId}, recipient {RecipientSequence}, could not be recorded")]
    private partial void LogNotRecorded(Exception cause, TrackedEventKind kind, long mailingId, long recipientSequence);
}

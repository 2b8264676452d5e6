using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class OutcomeRecorder
{
    [LoggerMessage(5005, LogLevel.Error, "the outcomes of {Count} recipients of mailing {MailingId} cannot be recorded and are tried again every second; likely the disk is full or the database is away")]
    private partial void LogNotRecorded(Exception cause, long mailingId, int count);
}

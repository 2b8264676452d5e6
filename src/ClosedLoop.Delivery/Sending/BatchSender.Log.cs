using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class BatchSender
{
    [LoggerMessage(5001, LogLevel.Warning, "L606 {Count} recipients of mailing {MailingId}, batch {Batch}, were being sent when the process ended; policy {Policy}")]
    private partial void LogInDoubt(long mailingId, int batch, int count, UnknownPolicy policy);

    [LoggerMessage(5006, LogLevel.Warning, "batch {Batch} of mailing {MailingId} is sent by another silo now; this one has stopped")]
    private partial void LogOvertaken(long mailingId, int batch);
}

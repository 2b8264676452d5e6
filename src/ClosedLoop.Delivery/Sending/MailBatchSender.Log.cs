using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class MailBatchSender
{
    [LoggerMessage(5001, LogLevel.Warning, "L606 {Count} recipients of mailing {MailingId}, batch {Batch}, were being sent when the process ended; policy {Policy}")]
    private partial void LogInDoubt(long mailingId, int batch, int count, UnknownPolicy policy);

    [LoggerMessage(5005, LogLevel.Error, "the outcomes of {Count} recipients of mailing {MailingId} cannot be recorded and are tried again every second; likely the disk is full or the database is away")]
    private partial void LogNotRecorded(Exception cause, long mailingId, int count);

    [LoggerMessage(5002, LogLevel.Warning, "{Lane} is held until {Until:u}: {Reason}")]
    private partial void LogHeld(string lane, DateTimeOffset until, string reason);

    [LoggerMessage(5006, LogLevel.Warning, "batch {Batch} of mailing {MailingId} is sent by another silo now; this one has stopped")]
    private partial void LogOvertaken(long mailingId, int batch);
}

using Microsoft.Extensions.Logging;

namespace ClosedLoop.Mailings.Mailings;

public sealed partial class MailingGrain
{
    [LoggerMessage(4001, LogLevel.Information, "L603 mailing {MailingId} is being sent to {Accepted} recipients")]
    private partial void LogSending(long mailingId, long accepted);

    [LoggerMessage(4002, LogLevel.Information, "L605 mailing {MailingId} has finished: nobody is waiting or being sent")]
    private partial void LogFinished(long mailingId);

    [LoggerMessage(4003, LogLevel.Information, "mailing {MailingId} paused: {Reason}")]
    private partial void LogPaused(long mailingId, string reason);

    [LoggerMessage(4004, LogLevel.Information, "mailing {MailingId} resumed")]
    private partial void LogResumed(long mailingId);

    [LoggerMessage(4005, LogLevel.Information, "mailing {MailingId} cancelled: {Reason}")]
    private partial void LogCancelled(long mailingId, string reason);

    [LoggerMessage(4007, LogLevel.Information, "mailing {MailingId} waits for its time, {StartAt:u}")]
    private partial void LogScheduled(long mailingId, DateTimeOffset startAt);

    [LoggerMessage(4008, LogLevel.Information, "R701 mailing {MailingId} is sent again to {Selected} recipients; left out: {LeftOut}")]
    private partial void LogResend(long mailingId, int selected, string leftOut);

    [LoggerMessage(4006, LogLevel.Warning, "batch {Number} of mailing {MailingId} broke off and will be driven again: {Error}")]
    private partial void LogBatchBroke(long mailingId, int number, string error);

    [LoggerMessage(4009, LogLevel.Warning, "batch {Number} of mailing {MailingId} cannot be reached now and will be asked again: {Error}")]
    private partial void LogBatchUnreachable(long mailingId, int number, string error);
}

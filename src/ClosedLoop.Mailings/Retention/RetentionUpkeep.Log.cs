using Microsoft.Extensions.Logging;

namespace ClosedLoop.Mailings.Retention;

public sealed partial class RetentionUpkeep
{
    [LoggerMessage(4021, LogLevel.Information, "{Client}: recipients, events and responses of mailing {MailingId} were removed, {Days} days after its end")]
    private partial void LogRemoved(string client, long mailingId, int days);

    [LoggerMessage(4023, LogLevel.Information, "{Client}: {Operations} operations of orders were removed, {Days} days after their end")]
    private partial void LogOrdersRemoved(string client, int operations, int days);

    [LoggerMessage(4024, LogLevel.Information, "{Client}: {Pages} pages on the web were removed, {Days} days after they were published")]
    private partial void LogPagesRemoved(string client, int pages, int days);

    [LoggerMessage(4022, LogLevel.Warning, "what is past its retention could not be removed now")]
    private partial void LogFailed(Exception error);
}

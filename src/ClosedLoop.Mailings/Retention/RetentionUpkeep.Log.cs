using Microsoft.Extensions.Logging;

namespace ClosedLoop.Mailings.Retention;

public sealed partial class RetentionUpkeep
{
    [LoggerMessage(4021, LogLevel.Information, "{Client}: recipients, events and responses of mailing {MailingId} were removed, {Days} days after its end")]
    private partial void LogRemoved(string client, long mailingId, int days);

    [LoggerMessage(4022, LogLevel.Warning, "what is past its retention could not be removed now")]
    private partial void LogFailed(Exception error);
}

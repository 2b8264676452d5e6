using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

public sealed partial class MaildirEntry
{
    [LoggerMessage(4511, LogLevel.Error, "CL8001: the Maildir cannot be read; it is tried again")]
    private partial void LogFailed(Exception cause);

    [LoggerMessage(4512, LogLevel.Error, "CL8002: mail {Name} of the Maildir has {Size} octets, more than {Limit}; it stays in new/")]
    private partial void LogTooLarge(string name, long size, int limit);
}

using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

public sealed partial class MaildirEntry
{
    [LoggerMessage(4511, LogLevel.Error, "CL8001: the Maildir cannot be read; it is tried again")]
    private partial void LogFailed(Exception cause);

    [LoggerMessage(4512, LogLevel.Error, "CL8002: mail {Name} is larger than {Limit} octets and was put into cur/ unread")]
    private partial void LogTooLarge(string name, int limit);
}

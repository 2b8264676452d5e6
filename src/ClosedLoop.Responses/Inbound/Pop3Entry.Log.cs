using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

public sealed partial class Pop3Entry
{
    [LoggerMessage(4521, LogLevel.Error, "CL8003: the POP3 box cannot be read; it is tried again")]
    private partial void LogFailed(Exception cause);

    [LoggerMessage(4522, LogLevel.Error, "CL8002: mail {Uid} of {Source}, {Size} octets by its listing, is larger than {Limit}; it stays in the box")]
    private partial void LogTooLarge(string source, string uid, long size, int limit);
}

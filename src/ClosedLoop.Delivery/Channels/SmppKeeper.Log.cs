using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels;

internal sealed partial class SmppKeeper
{
    [LoggerMessage(5221, LogLevel.Warning, "the session of client {Client} with its message centre is closed: {Reason}")]
    private partial void LogClosed(string client, string reason);

    [LoggerMessage(5222, LogLevel.Error, "sessions with message centres were not looked after; it is tried again")]
    private partial void LogFailed(Exception cause);
}

using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class ConnectionTracer
{
    [LoggerMessage(5231, LogLevel.Warning, "CL5231: what was said on a traced connection could not be stored, or new orders not be read; it is tried again in two seconds")]
    private partial void LogFailed(Exception cause);
}

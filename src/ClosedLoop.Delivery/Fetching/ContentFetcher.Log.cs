using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Fetching;

public sealed partial class ContentFetcher
{
    [LoggerMessage(4301, LogLevel.Debug, "content {Address} fetched: {Bytes} bytes in {Milliseconds:F0} ms")]
    private partial void LogFetched(string address, int bytes, double milliseconds);

    [LoggerMessage(4302, LogLevel.Warning, "content {Address} is tried again: {Reason}")]
    private partial void LogRepeated(string address, string reason);

    [LoggerMessage(4303, LogLevel.Warning, "content {Address} cannot be had: {Reason}")]
    private partial void LogFailed(string address, string reason);
}

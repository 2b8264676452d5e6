using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

public sealed partial class InboundUpkeep
{
    [LoggerMessage(4531, LogLevel.Information, "Retention: {Removed} returned mails removed; {Decayed} soft counters back to 0")]
    private partial void LogDone(int removed, int decayed);

    [LoggerMessage(4532, LogLevel.Error, "CL8004: the upkeep of returned mail failed; it is tried again")]
    private partial void LogFailed(Exception cause);
}

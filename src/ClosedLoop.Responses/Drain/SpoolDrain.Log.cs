using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Drain;

public sealed partial class SpoolDrain
{
    [LoggerMessage(4301, LogLevel.Error, "Events of spool {Spool} from {Segment}:{Offset} on could not be stored; they stay in the spool and are tried again")]
    private partial void LogFailed(Exception cause, string spool, long segment, long offset);

    [LoggerMessage(4302, LogLevel.Debug, "{Stored} events of spool {Spool} stored, {Repeated} repeated unsubscribes passed over, {Dropped} dropped, {Expired} of mailings past their retention")]
    private partial void LogStored(string spool, int stored, int repeated, int dropped, int expired);
}

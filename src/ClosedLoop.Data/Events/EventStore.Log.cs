using Microsoft.Extensions.Logging;

namespace ClosedLoop.Data.Events;

public sealed partial class EventStore
{
    [LoggerMessage(3201, LogLevel.Warning,
        "{Dropped} events of spool {Spool} between {Segment}:{Offset} and {NextSegment}:{NextOffset} name a mailing or recipient that is not in the database; they are dropped. Likely the spool belongs to another installation, or the database was restored")]
    private partial void LogDropped(int dropped, string spool, long segment, long offset, long nextSegment, long nextOffset);
}

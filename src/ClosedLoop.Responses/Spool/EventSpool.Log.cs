using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Spool;

public sealed partial class EventSpool
{
    [LoggerMessage(4101, LogLevel.Error, "The event spool {Directory} could not be written; {Bytes} bytes of events were refused")]
    private partial void LogWriteFailed(Exception cause, string directory, int bytes);

    [LoggerMessage(4102, LogLevel.Warning, "The segment {Path} could not be cut back to its last good length {Length} after a failed write")]
    private partial void LogCutFailed(Exception cause, string path, long length);

    [LoggerMessage(4103, LogLevel.Warning, "The segment {Path} ended in {Bytes} bytes of an unfinished write; they were never acknowledged and are cut")]
    private partial void LogTornTail(string path, long bytes);

    [LoggerMessage(4104, LogLevel.Error, "Reading the event spool {Directory} passed over {Bytes} damaged bytes and {Records} records of an unknown format after {Segment}:{Offset}")]
    private partial void LogPassedOver(string directory, long bytes, int records, long segment, long offset);

    [LoggerMessage(4105, LogLevel.Warning, "The drained segment {Path} could not be deleted; it will be read again after a restart and must be skipped by position")]
    private partial void LogDeleteFailed(Exception cause, string path);
}

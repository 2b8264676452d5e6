using ClosedLoop.Data.Engines;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Data.Postgres;

internal sealed partial class PostgresWriteSession
{
    [LoggerMessage(3301, LogLevel.Warning, "CL3301: the connection to the database is lost ({Cause}); writes wait until it is back")]
    private partial void LogLost(string cause);

    [LoggerMessage(3302, LogLevel.Information, "The database is back after {Elapsed}; the transaction that was on the connection: {Outcome}")]
    private partial void LogBack(TimeSpan elapsed, Aftermath outcome);

    [LoggerMessage(3309, LogLevel.Warning, "CL3309: {Writer} held the lock of all writers for 15 s without a word; the server was told to end its connection")]
    private partial void LogStalled(string writer);
}

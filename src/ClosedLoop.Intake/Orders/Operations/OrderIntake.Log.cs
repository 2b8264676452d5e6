using ClosedLoop.Model.Orders;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Log lines carry numbers and names, never a token, an address or content.</summary>
public sealed partial class OrderIntake
{
    [LoggerMessage(1301, LogLevel.Information, "operation {OperationId}: {Client} orders {Name}")]
    private partial void LogClaimed(long operationId, string client, string name);

    [LoggerMessage(1302, LogLevel.Information, "operation {OperationId} ({Name}) reached {Step}")]
    private partial void LogReached(long operationId, string name, OperationStep step);

    [LoggerMessage(1303, LogLevel.Warning, "operation {OperationId} ({Name}) fails with {Code}")]
    private partial void LogFailed(long operationId, string name, string code, Exception? cause);

    [LoggerMessage(1304, LogLevel.Information, "operation {OperationId} ({Name}) ended: {Status}")]
    private partial void LogEnded(long operationId, string name, OperationStatus status);

    [LoggerMessage(1305, LogLevel.Warning, "operation {OperationId}: the report could not be written; the next step writes it again")]
    private partial void LogReportFailed(long operationId, Exception error);

    [LoggerMessage(1306, LogLevel.Information, "operation {OperationId} waits for database {DatabaseId}, locked by {Holder}")]
    private partial void LogWaits(long operationId, long databaseId, string holder);

    [LoggerMessage(1307, LogLevel.Error, "operation {OperationId} broke")]
    private partial void LogBroke(long operationId, Exception error);

    [LoggerMessage(1308, LogLevel.Information, "operation {OperationId}: {Files} private copies are taken from the database")]
    private partial void LogRestored(long operationId, int files);
}

using System.Globalization;
using ClosedLoop.Data.Orders;
using ClosedLoop.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Removes this machine's copies of operations that ended elsewhere, while it was down or after it was overtaken: addresses are kept no longer than the operation lasts.</summary>
internal sealed partial class OrderCopyUpkeep(OperationStore operations, OrderOptions options, TimeProvider time, ILogger<OrderCopyUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(TidyAsync, Interval, time, LogFailed, stoppingToken);

    private Task TidyAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(options.WorkPath)) return Task.CompletedTask;
        foreach (var folder in Directory.EnumerateDirectories(options.WorkPath))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!long.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var operation) || operations.Find(operation) is { Closed: false }) continue;
            new OrderWorkplace(options.WorkPath, operation).Remove();
            LogRemoved(operation);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(1331, LogLevel.Information, "copies of operation {OperationId}, which ended elsewhere, are removed")]
    private partial void LogRemoved(long operationId);

    [LoggerMessage(1332, LogLevel.Warning, "copies of orders that have ended could not be looked for; it is tried again")]
    private partial void LogFailed(Exception error);
}

using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Retention;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Mailings.Retention;

/// <summary>
/// Gives up what is known of recipients when its time is over (closed-loop spec section 18), for each client as its newest definition wants it. What protects
/// recipients stays: unsubscribes, blocklist, bounce counters.
/// </summary>
public sealed partial class RetentionUpkeep(DefinitionStore definitions, MailingPurge purge, OrderPurge orders, ConnectorPurge connectors, TimeProvider time, ILogger<RetentionUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private readonly ILogger _logger = logger;

    /// <summary>Removes what is due now.</summary>
    /// <returns>How many mailings were given up.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var removed = 0;
        foreach (var client in definitions.Clients()) removed += await CleanAsync(client.Value, cancellation);
        return removed;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(RunAsync, Interval, time, LogFailed, stoppingToken);

    private async Task<int> CleanAsync(ClientDefinition client, CancellationToken cancellation)
    {
        var before = Before(client.Retention.Days);
        var removed = 0;
        foreach (var mailing in purge.Due(client.Id, before))
        {
            if (!await purge.RemoveAsync(mailing, cancellation)) continue;
            removed++;
            LogRemoved(client.Key, mailing, client.Retention.Days);
        }

        foreach (var mailing in purge.StubsDue(client.Id, Before(client.Retention.UnsubscribeDays))) await purge.RemoveStubsAsync(mailing, cancellation);
        await purge.RemoveRecordsAsync(client.Id, before, cancellation);
        await CleanOrdersAsync(client, cancellation);
        await connectors.RemoveAsync(client.Id, Before(client.Retention.ConnectorDays), cancellation);
        return removed;
    }

    /// <summary>After the mailings, because operations wait for theirs.</summary>
    private async Task CleanOrdersAsync(ClientDefinition client, CancellationToken cancellation)
    {
        var operations = await orders.RemoveOperationsAsync(client.Id, Before(client.Retention.OrderDays), cancellation);
        if (operations > 0) LogOrdersRemoved(client.Key, operations, client.Retention.OrderDays);
        var pages = await orders.RemovePagesAsync(client.Id, Before(client.Retention.WebPageDays), cancellation);
        if (pages > 0) LogPagesRemoved(client.Key, pages, client.Retention.WebPageDays);
    }

    private long Before(int days) => time.NowMicroseconds() - (long)TimeSpan.FromDays(days).TotalMicroseconds;
}

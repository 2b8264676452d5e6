using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Products;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Zones;

/// <summary>Removes files whose time is over (closed-loop spec section 18): logs, response files, archived recipient files, error files. What an operator has still to decide about stays.</summary>
public sealed partial class FolderUpkeep(DefinitionStore definitions, FileRegister register, IDropZones zones, OrderFolderUpkeep orders, TimeProvider time, ILogger<FolderUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly ZoneFolder[] Kept = [ZoneFolder.Log, ZoneFolder.Out, ZoneFolder.Archive, ZoneFolder.Error];
    private readonly ILogger _logger = logger;

    /// <summary>Removes what is due now.</summary>
    /// <returns>How many files went.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var removed = 0;
        foreach (var client in definitions.Clients())
        {
            try
            {
                removed += await CleanAsync(client.Value, cancellation);
            }
#pragma warning disable CA1031 // one client's folders that cannot be reached must not keep the others' full
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(client.Value.Key, e);
            }
        }

        return removed;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(RunAsync, Interval, time, LogBroke, stoppingToken);

    private async Task<int> CleanAsync(ClientDefinition client, CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(client.Retention.Days);
        var undecided = register.Failed(client.Id).Concat(register.Held(client.Id)).Select(file => FinalName.BaseName(file.Name)).ToHashSet(StringComparer.Ordinal);
        var zone = zones.Open(client);
        var removed = 0;
        foreach (var folder in Kept)
        {
            foreach (var entry in await zone.ListAsync(folder, cancellation))
            {
                if (entry.Modified >= before || Since(client, folder, entry) >= before) continue;
                if (folder is ZoneFolder.Error or ZoneFolder.Log && undecided.Any(name => entry.Name.StartsWith(name, StringComparison.Ordinal))) continue;
                await zone.DeleteAsync(folder, entry.Name, cancellation);
                removed++;
            }
        }

        removed += await orders.RunAsync(client, before, cancellation);
        if (removed > 0) LogRemoved(client.Key, removed, client.Retention.Days);
        return removed;
    }

    /// <summary>
    /// When a file came where it lies. What the service wrote has that time itself; a customer's file keeps the time the customer gave it through every
    /// rename, which may be years ago, so for those the register knows better.
    /// </summary>
    private DateTimeOffset Since(ClientDefinition client, ZoneFolder folder, ZoneEntry entry)
    {
        if (folder is not (ZoneFolder.Archive or ZoneFolder.Error) || ProductFileName.RegisteredName(entry.Name) is not { } name) return entry.Modified;
        return register.Named(client.Id, name) is [var newest, ..] && Instants.FromMicroseconds(newest.ChangedAt) is var changed && changed > entry.Modified ? changed : entry.Modified;
    }
}

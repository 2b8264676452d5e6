using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Grains.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Optimove.Execution;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Optimove;

/// <summary>Starts the grain of each connector, also of those that are saved while the service runs.</summary>
internal sealed class ConnectorStarter(ConnectorStore store, DefinitionStore definitions, IGrainFactory grains, ConnectorLog log, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly HashSet<long> _started = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(StartAllAsync, Look, time, error => log.Broke("*", "starting connectors", error), stoppingToken);

    private async Task StartAllAsync(CancellationToken cancellation)
    {
        foreach (var row in store.All().Where(row => !_started.Contains(row.ClientId)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (definitions.FindClient(row.ClientId) is not { } client) continue;
            await grains.GetGrain<IOptimoveConnectorGrain>(client.Value.Key).StartAsync();
            _started.Add(row.ClientId);
        }
    }
}

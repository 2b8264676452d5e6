using ClosedLoop.Data.Clients;
using ClosedLoop.Grains.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Starts every client's grains at start, and those of clients that are applied while the service runs.</summary>
internal sealed partial class ClientStarter(
    IGrainFactory grains, DefinitionStore definitions, SiloSettings settings, TimeProvider time, ILogger<ClientStarter> logger) : BackgroundService
{
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.ClientScanSeconds), time);
        do
        {
            foreach (var client in Clients())
            {
                if (_started.Contains(client.Value.Key)) continue;
                try
                {
                    await grains.GetGrain<IClientGrain>(client.Value.Key).StartAsync();
                    _started.Add(client.Value.Key);
                    LogStarted(client.Value.Key, client.Version);
                }
#pragma warning disable CA1031 // one client that cannot start must not keep the others from it; it is tried again
                catch (Exception e)
#pragma warning restore CA1031
                {
                    LogFailed(client.Value.Key, e);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IReadOnlyList<Versioned<ClientDefinition>> Clients()
    {
        try
        {
            return definitions.Clients();
        }
#pragma warning disable CA1031 // a database that is away for a moment must not end the service
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogUnread(e);
            return [];
        }
    }

    [LoggerMessage(6001, LogLevel.Information, "client {Key} started (definition version {Version})")]
    private partial void LogStarted(string key, int version);

    [LoggerMessage(6002, LogLevel.Error, "client {Key} could not be started and will be tried again")]
    private partial void LogFailed(string key, Exception error);

    [LoggerMessage(6003, LogLevel.Error, "the clients could not be read and will be looked for again")]
    private partial void LogUnread(Exception error);
}

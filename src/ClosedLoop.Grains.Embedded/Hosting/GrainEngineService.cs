using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Starts the engine with the host and drains it at the end.</summary>
internal sealed class GrainEngineService(GrainEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}

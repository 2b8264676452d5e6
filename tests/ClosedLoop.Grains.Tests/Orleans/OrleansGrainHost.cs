using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Grains.Tests;

internal sealed class OrleansGrainHost(IHost host) : GrainHost
{
    private bool _stopped;

    public override IGrainFactory Grains { get; } = host.Services.GetRequiredService<IGrainFactory>();

    public override async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await host.StopAsync();
        host.Dispose();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Grains.Tests;

internal sealed class EmbeddedGrainHost(IHost host) : GrainHost
{
    private bool _stopped;

    public override IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public GrainEngine Engine => host.Services.GetRequiredService<GrainEngine>();

    public static async Task<EmbeddedGrainHost> StartAsync(Action<EmbeddedGrainOptions> configure, TimeProvider? time = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.Services.AddEmbeddedGrains(options =>
        {
            options.AddAssembly(typeof(EmbeddedGrainHost).Assembly);
            configure(options);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new EmbeddedGrainHost(host);
    }

    public override async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await host.StopAsync();
        host.Dispose();
    }
}

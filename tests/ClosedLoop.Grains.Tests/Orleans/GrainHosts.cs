using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace ClosedLoop.Grains.Tests;

/// <summary>Starts the engine the tests were compiled for: one Orleans silo with states and reminders in memory.</summary>
internal static class GrainHosts
{
    public static async Task<GrainHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort());
            silo.AddMemoryGrainStorageAsDefault();
            silo.UseInMemoryReminderService();
            silo.Services.Configure<SiloMessagingOptions>(options =>
            {
                options.ResponseTimeout = GrainHost.ResponseTimeout;
                options.SystemResponseTimeout = TimeSpan.FromSeconds(30);
            });
            silo.Services.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(50));
        });
        var host = builder.Build();
        await host.StartAsync();
        return new OrleansGrainHost(host);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

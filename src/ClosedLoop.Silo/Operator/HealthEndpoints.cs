using System.Net;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Telemetry;

namespace ClosedLoop.Silo.Operator;

/// <summary>What probes and collectors ask. Liveness asks neither database nor network: a database that is away must not restart every process that waits for it.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/startupz", (IHostApplicationLifetime lifetime) => lifetime.ApplicationStarted.IsCancellationRequested ? Results.Text("ok") : Results.Text("starting", statusCode: 503));
        var audience = app.Services.GetRequiredService<SiloSettings>().Telemetry.Metrics;
        if (audience == MetricsAudience.Off) return;
        var page = app.Services.GetRequiredService<MetricsPage>();
        app.MapGet("/metrics", (HttpContext context) => audience == MetricsAudience.All || IsLocal(context.Connection.RemoteIpAddress)
            ? Results.Text(page.Write(), "text/plain; version=0.0.4")
            : Results.NotFound());
    }

    private static bool IsLocal(IPAddress? address) => address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}

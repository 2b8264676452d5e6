using System.Net;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Telemetry;

namespace ClosedLoop.Silo.Operator;

/// <summary>
/// What a collector asks, without signing in: figures without names of anybody, from this machine unless the settings say otherwise. Not on the public listener then: behind a proxy on this machine all the world asks from here.
/// </summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this WebApplication app)
    {
        var audience = app.Services.GetRequiredService<SiloSettings>().Telemetry.Metrics;
        if (audience == MetricsAudience.Off) return;
        var page = app.Services.GetRequiredService<MetricsPage>();
        app.MapGet("/metrics", (HttpContext context) => audience == MetricsAudience.All || IsLocal(context.Connection.RemoteIpAddress)
            ? Results.Text(page.Write(), "text/plain; version=0.0.4")
            : Results.NotFound()).AllowAnonymous().ExcludeFromDescription().WithMetadata(new OnListener(audience == MetricsAudience.All ? ListenerKind.Both : ListenerKind.Operator));
    }

    private static bool IsLocal(IPAddress? address) => address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}

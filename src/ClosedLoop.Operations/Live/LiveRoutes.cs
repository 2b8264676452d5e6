using ClosedLoop.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Operations.Live;

/// <summary>
/// Server-sent events that say when a page is worth another look. Each open page costs a comparison of one number a second, and nothing at all while no page is open; what has
/// changed is fetched by the page itself, under its own rights.
/// </summary>
internal static class LiveRoutes
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Looks without a change after which the page is told that the connection stands, and looks itself: other processes write to the database, too.</summary>
    private const int QuietLooks = 15;

    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/live", StreamAsync).ExcludeFromDescription();

    private static async Task StreamAsync(HttpContext context, LedgerWriter writer, LiveMeter meter, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Look, time);
        meter.Opened();
        try
        {
            await response.WriteAsync("retry: 3000\n\n", ended.Token);
            await response.Body.FlushAsync(ended.Token);
            var (seen, quiet) = (writer.Commits, 0);
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                meter.Looked();
                var commits = writer.Commits;
                if (commits == seen && ++quiet < QuietLooks) continue;
                await response.WriteAsync(commits == seen ? "event: quiet\ndata: \n\n" : "event: changed\ndata: \n\n", ended.Token);
                await response.Body.FlushAsync(ended.Token);
                (seen, quiet) = (commits, 0);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the service stops.
        }
        finally
        {
            meter.Closed();
        }
    }
}

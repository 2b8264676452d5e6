using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Spool;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Tracking;

/// <summary>Puts the tracking endpoints into a web host.</summary>
public static class TrackingRouteBuilderExtensions
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Post = [HttpMethods.Post];

    /// <summary>
    /// Registers what <see cref="MapTracking"/> needs. The spool is opened with the container and closed with it.
    /// </summary>
    public static IServiceCollection AddTracking(this IServiceCollection services, SigningKeys keys, EventSpoolOptions spool, TrackingOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton(new TrackingTokenCodec(keys));
        services.TryAddSingleton<AutomaticOpenDetector>();
        services.TryAddSingleton(provider => EventSpool.Open(
            spool,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventSpool>>()));
        services.TryAddSingleton<TrackingEndpoints>();
        return services;
    }

    /// <summary>
    /// Maps <c>/o/{token}</c> (open pixel), <c>/c/{token}</c> (click) and <c>/u/{token}</c> (unsubscribe).
    /// The address recorded is that of the connection: behind a proxy the host must use forwarded headers from known proxies only.
    /// </summary>
    public static IEndpointRouteBuilder MapTracking(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        // Resolved here, so that a spool that cannot be opened stops the start and not the first click.
        var tracking = endpoints.ServiceProvider.GetRequiredService<TrackingEndpoints>();
        endpoints.MapMethods("/o/{token}", GetAndHead, tracking.OpenAsync);
        endpoints.MapMethods("/c/{token}", GetAndHead, tracking.ClickAsync);
        endpoints.MapMethods("/u/{token}", GetAndHead, tracking.UnsubscribePageAsync);
        endpoints.MapMethods("/u/{token}", Post, tracking.UnsubscribeAsync);
        return endpoints;
    }
}

using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Suppression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Responses.Inbound;

/// <summary>Puts the entries of returned mail into a host.</summary>
public static class InboundServices
{
    /// <summary>Needs the stores of the database, the token codecs and a clock.</summary>
    public static IServiceCollection AddInbound(this IServiceCollection services, InboundOptions options) => services
        .AddSingleton(options)
        .AddSingleton<InboundMailbox>()
        .AddSingleton<InboundEndpoint>()
        .AddHostedService<MaildirEntry>()
        .AddHostedService<Pop3Entry>()
        .AddHostedService<InboundUpkeep>();

    /// <summary>The register alone, for commands that need no running service.</summary>
    public static IServiceCollection AddInboundStores(this IServiceCollection services) => services
        .AddSingleton<InboundStore>()
        .AddSingleton<BounceCounters>();

    public static IEndpointRouteBuilder MapInbound(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var inbound = endpoints.ServiceProvider.GetRequiredService<InboundEndpoint>();

        // As a delegate of its own type: as a RequestDelegate its result would be thrown away and every answer be 200.
        endpoints.MapPost("/inbound/mail", (Delegate)inbound.PostAsync);
        return endpoints;
    }
}

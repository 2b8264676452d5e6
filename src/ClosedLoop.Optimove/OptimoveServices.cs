using ClosedLoop.Data.Optimove;
using ClosedLoop.Data.Products;
using ClosedLoop.Data.Silos;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Execution;
using ClosedLoop.Optimove.Inbound;
using ClosedLoop.Optimove.Outbound;
using ClosedLoop.Optimove.Registration;
using ClosedLoop.Optimove.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClosedLoop.Optimove;

/// <summary>Puts the connector into a host that has the stores, the grain engine and delivery.</summary>
public static class OptimoveServices
{
    /// <summary>Stores and what saves connectors, usable without a running service.</summary>
    public static IServiceCollection AddOptimoveStores(this IServiceCollection services, OptimoveOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton(provider => SecretBox.Open(provider.GetRequiredService<OptimoveOptions>().SealKeyFile));
        services.TryAddSingleton<ConnectorStore>();
        services.TryAddSingleton<ConnectorSaving>();
        services.TryAddSingleton<OptimoveEventStore>();
        services.TryAddSingleton<ProfileStore>();
        services.TryAddSingleton<CampaignStore>();
        services.TryAddSingleton<TriggerStore>();
        services.TryAddSingleton<InteractionStore>();
        services.TryAddSingleton<PreferenceStore>();
        services.TryAddSingleton<AttributeStore>();
        services.TryAddSingleton<FeedStore>();
        services.TryAddSingleton<ConnectorDirectory>();
        services.TryAddSingleton<HookIntake>();
        services.TryAddSingleton<ConnectorReports>();
        services.TryAddSingleton<ConnectorTraffic>();
        return services;
    }

    /// <summary>The running connector: endpoints, client and loops.</summary>
    public static IServiceCollection AddOptimove(this IServiceCollection services, OptimoveOptions options)
    {
        services.AddOptimoveStores(options);

        // The factory's own log lines would name addresses and secrets of call backs.
        services.AddHttpClient(OptimoveApis.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => OptimoveApis.Handler(provider.GetRequiredService<OptimoveOptions>()))
            .RemoveAllLoggers();
        services.TryAddSingleton<OptimoveApis>();
        services.TryAddSingleton<WorkHolds>();
        services.TryAddSingleton<ConnectorSessions>();
        services.TryAddSingleton<ConnectorLog>();
        services.TryAddSingleton<TemplateBook>();
        services.TryAddSingleton<ProductStore>();
        services.TryAddSingleton<CustomerJudge>();
        services.TryAddSingleton<SourceFreezer>();
        services.TryAddSingleton<TemplateSync>();

        // What a connector remembers while it runs is its own.
        services.AddTransient<AttributeReads>().AddTransient<TriggerWork>().AddTransient<EventWork>().AddTransient<CampaignWork>().AddTransient<RegistrationWork>();
        services.AddTransient<ReportWork>().AddTransient<PreferenceWork>().AddTransient<PostingWork>().AddTransient<AttributeWork>();
        services.TryAddSingleton<FloodGuard>();
        services.TryAddSingleton<ConnectorWaker>();
        services.TryAddSingleton<ListenerLog>();
        services.TryAddSingleton<ListenerEndpoint>();
        services.TryAddSingleton<CallbackEndpoint>();
        services.AddHostedService<ConnectorStarter>();
        return services;
    }

    /// <summary>The two public endpoints.</summary>
    public static IEndpointRouteBuilder MapOptimove(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = endpoints.ServiceProvider.GetRequiredService<OptimoveOptions>();
        endpoints.MapPost(options.BasePath + "/optimove/event/{appKey}", (string appKey, HttpContext context, ListenerEndpoint endpoint) => endpoint.PostAsync(appKey, context));
        endpoints.MapPost(options.BasePath + "/optimove/attribute-callback/{secret}", (string secret, HttpContext context, CallbackEndpoint endpoint) => endpoint.PostAsync(secret, context));
        return endpoints;
    }
}

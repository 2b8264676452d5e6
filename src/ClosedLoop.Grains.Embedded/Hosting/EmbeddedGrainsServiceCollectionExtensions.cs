using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Puts the engine into a host.</summary>
public static class EmbeddedGrainsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IGrainFactory"/> and the hosted service that starts and drains the engine. The time is that of a registered
    /// <see cref="TimeProvider"/>. Hosted services registered later may call grains in their StartAsync.
    /// </summary>
    public static IServiceCollection AddEmbeddedGrains(this IServiceCollection services, Action<IServiceProvider, EmbeddedGrainOptions> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var options = new EmbeddedGrainOptions();
            configure(provider, options);
            return options;
        });
        services.AddSingleton<GrainEngine>();
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainEngine>());
        services.AddSingleton<IHostedService, GrainEngineService>();
        return services;
    }

    /// <inheritdoc cref="AddEmbeddedGrains(IServiceCollection, Action{IServiceProvider, EmbeddedGrainOptions})"/>
    public static IServiceCollection AddEmbeddedGrains(this IServiceCollection services, Action<EmbeddedGrainOptions> configure) =>
        services.AddEmbeddedGrains((_, options) => configure(options));
}

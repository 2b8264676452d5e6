using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Services of a request.</summary>
internal static class ServiceNeeds
{
    public static T Need<T>(this IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}

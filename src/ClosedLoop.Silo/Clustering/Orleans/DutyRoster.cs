using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Takes services that must run once in the cluster out of the host's start, so that a <see cref="DutyKeeper"/> starts and stops them.</summary>
internal static class DutyRoster
{
    /// <summary>Replaces the registration of each duty's services.</summary>
    public static void Apply(IServiceCollection services, SiloRoles roles, params IReadOnlyList<Duty> duties)
    {
        foreach (var duty in duties)
        {
            var hosted = services.Where(service => service.ServiceType == typeof(IHostedService) && duty.Services.Contains(TypeOf(service))).ToList();
            foreach (var service in hosted) services.Remove(service);
            if (!roles.HasFlag(duty.Role) || hosted.Count == 0) continue;
            services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<DutyKeeper>(
                provider, duty.Name, (IReadOnlyList<IHostedService>)[.. hosted.Select(service => Create(provider, service))]));
        }
    }

    private static IHostedService Create(IServiceProvider provider, ServiceDescriptor service) => service.ImplementationFactory is { } factory
        ? (IHostedService)factory(provider)
        : (IHostedService)ActivatorUtilities.CreateInstance(provider, service.ImplementationType!);

    /// <summary>What a registration makes: of a factory it is in its type, since delegates are covariant.</summary>
    private static Type TypeOf(ServiceDescriptor service) =>
        service.ImplementationType ?? service.ImplementationInstance?.GetType() ?? service.ImplementationFactory!.GetType().GenericTypeArguments[1];
}

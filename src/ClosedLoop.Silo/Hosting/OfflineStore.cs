using ClosedLoop.Operations.Hosting;
using ClosedLoop.Optimove;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>The stores without a running service, for commands that only read or define.</summary>
internal sealed class OfflineStore : IDisposable
{
    private readonly ServiceProvider _provider;

    private OfflineStore(ServiceProvider provider) => _provider = provider;

    public static OfflineStore Open(SiloSettings settings)
    {
        if (!SiloDatabase.Exists(settings))
            throw new Commands.CommandException(Commands.ExitCode.NotFound, $"CL2007: there is no installation in {settings.DataPath}; run closedloop demo, or closedloop apply DIR first.");
        var services = new ServiceCollection();
        SiloHost.AddData(services, settings);
        SiloStations.AddStores(services);
        services.AddOptimoveStores(SiloOptimove.Options(settings));

        OperationsServices.AddReaders(services);
        return new OfflineStore(services.BuildServiceProvider());
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public void Dispose() => _provider.DisposeAsync().AsTask().GetAwaiter().GetResult();
}

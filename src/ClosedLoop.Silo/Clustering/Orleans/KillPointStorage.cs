using ClosedLoop.Model.Testing;

namespace ClosedLoop.Silo.Clustering;

/// <summary>A store of grain states with a kill point on either side of a write; in place only in a process that is to die there.</summary>
internal sealed class KillPointStorage(IGrainStorage inner) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Puts itself around the store of a name.</summary>
    public static void Around(IServiceCollection services, string name)
    {
        if (!KillSwitch.IsFor(KillPoint.GrainStateWrite)) return;
        var store = services.Single(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, name));
        services.Remove(store);
        services.AddKeyedSingleton<IGrainStorage>(name, (provider, key) => new KillPointStorage((IGrainStorage)store.KeyedImplementationFactory!(provider, key)));
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        KillSwitch.Reach(KillPoint.GrainStateWrite);
        await inner.WriteStateAsync(stateName, grainId, grainState);
        KillSwitch.Reach(KillPoint.GrainStateWrite);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);

    /// <summary>The store is opened when the silo starts.</summary>
    public void Participate(ISiloLifecycle observer) => ((ILifecycleParticipant<ISiloLifecycle>)inner).Participate(observer);
}

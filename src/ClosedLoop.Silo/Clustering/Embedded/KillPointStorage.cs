using ClosedLoop.Model.Testing;

namespace ClosedLoop.Silo.Clustering;

/// <summary>A store of grain states with a kill point on either side of a write; in place only in a process that is to die there.</summary>
internal sealed class KillPointStorage(IGrainStorage inner) : IGrainStorage
{
    public static IGrainStorage Around(IGrainStorage storage) => KillSwitch.IsFor(KillPoint.GrainStateWrite) ? new KillPointStorage(storage) : storage;

    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public Task<StoredState<TState>> ReadAsync<TState>(string stateName, GrainId grainId, CancellationToken cancellationToken) =>
        inner.ReadAsync<TState>(stateName, grainId, cancellationToken);

    public async Task<string> WriteAsync<TState>(string stateName, GrainId grainId, TState state, string? etag, CancellationToken cancellationToken)
    {
        KillSwitch.Reach(KillPoint.GrainStateWrite);
        var version = await inner.WriteAsync(stateName, grainId, state, etag, cancellationToken);
        KillSwitch.Reach(KillPoint.GrainStateWrite);
        return version;
    }

    public Task<string?> ClearAsync(string stateName, GrainId grainId, string? etag, CancellationToken cancellationToken) =>
        inner.ClearAsync(stateName, grainId, etag, cancellationToken);
}

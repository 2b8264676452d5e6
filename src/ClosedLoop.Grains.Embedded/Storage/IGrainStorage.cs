namespace ClosedLoop.Grains.Embedded;

/// <summary>A store of grain states.</summary>
public interface IGrainStorage
{
    /// <summary>Makes the store ready, once, before the first grain.</summary>
    Task InitializeAsync(CancellationToken cancellationToken);

    Task<StoredState<TState>> ReadAsync<TState>(string stateName, GrainId grainId, CancellationToken cancellationToken);

    /// <summary>Writes when the stored version is <paramref name="etag"/>; null expects no record.</summary>
    /// <returns>The new version.</returns>
    /// <exception cref="InconsistentStateException">The stored version is another one.</exception>
    Task<string> WriteAsync<TState>(string stateName, GrainId grainId, TState state, string? etag, CancellationToken cancellationToken);

    /// <summary>Removes the value when the stored version is <paramref name="etag"/>; null expects no record and does nothing.</summary>
    /// <returns>The new version; null when there was no record.</returns>
    /// <exception cref="InconsistentStateException">The stored version is another one.</exception>
    Task<string?> ClearAsync(string stateName, GrainId grainId, string? etag, CancellationToken cancellationToken);
}

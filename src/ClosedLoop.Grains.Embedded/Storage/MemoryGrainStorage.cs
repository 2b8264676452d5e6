using System.Globalization;

namespace ClosedLoop.Grains.Embedded;

/// <summary>A store in memory, for tests. It keeps serialized copies, so a state changed after the write is not changed in the store.</summary>
public sealed class MemoryGrainStorage(IGrainStateSerializer serializer) : IGrainStorage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string StateName, GrainId GrainId), (byte[]? Payload, int Version)> _records = [];

    public MemoryGrainStorage()
        : this(new JsonGrainStateSerializer())
    {
    }

    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StoredState<TState>> ReadAsync<TState>(string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue((stateName, grainId), out var record))
                return Task.FromResult(default(StoredState<TState>));
            var state = record.Payload is null ? default : serializer.Deserialize<TState>(record.Payload);
            return Task.FromResult(new StoredState<TState>(state, record.Payload is not null, Text(record.Version)));
        }
    }

    public Task<string> WriteAsync<TState>(string stateName, GrainId grainId, TState state, string? etag, CancellationToken cancellationToken)
    {
        var payload = serializer.Serialize(state);
        return Task.FromResult(Change(stateName, grainId, payload, etag));
    }

    public Task<string?> ClearAsync(string stateName, GrainId grainId, string? etag, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return etag is null && !_records.ContainsKey((stateName, grainId))
                ? Task.FromResult<string?>(null)
                : Task.FromResult<string?>(Change(stateName, grainId, payload: null, etag));
        }
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);

    private string Change(string stateName, GrainId grainId, byte[]? payload, string? etag)
    {
        lock (_gate)
        {
            var stored = _records.TryGetValue((stateName, grainId), out var record) ? Text(record.Version) : null;
            if (stored != etag)
                throw GrainStorageConflict.Of(stateName, grainId, stored, etag);
            _records[(stateName, grainId)] = (payload, record.Version + 1);
            return Text(record.Version + 1);
        }
    }
}

using System.Data;
using System.Data.Common;
using System.Globalization;

namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// Grain states in the <c>OrleansStorage</c> table of Orleans' ADO.NET provider, row for row, so that either engine reads what the other wrote.
/// </summary>
public sealed class AdoNetGrainStorage : IGrainStorage
{
    private const string KeyMatches =
        """
        GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
        AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId
        AND (GrainIdExtensionString = @GrainIdExtensionString OR (GrainIdExtensionString IS NULL AND @GrainIdExtensionString IS NULL))
        """;

    private readonly DbDataSource _source;
    private readonly GrainSqlDialect _dialect;
    private readonly string _serviceId;
    private readonly IGrainStateSerializer _serializer;
    private readonly string _insert;
    private readonly string _update;

    /// <summary>A store over one database.</summary>
    /// <param name="source">The database.</param>
    /// <param name="dialect">Its kind.</param>
    /// <param name="serviceId">Name of the service, the same on either engine: it is part of every row.</param>
    /// <param name="serializer">Null is JSON.</param>
    public AdoNetGrainStorage(DbDataSource source, GrainSqlDialect dialect, string serviceId, IGrainStateSerializer? serializer = null)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        _source = source;
        _dialect = dialect;
        _serviceId = serviceId;
        _serializer = serializer ?? new JsonGrainStateSerializer();
        _insert =
            $"""
            INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, Version)
            SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId, @PayloadBinary, {dialect.UtcNow}, 1
            WHERE NOT EXISTS (SELECT 1 FROM OrleansStorage WHERE {KeyMatches})
            """;
        _update =
            $"""
            UPDATE OrleansStorage SET PayloadBinary = @PayloadBinary, ModifiedOn = {dialect.UtcNow}, Version = Version + 1
            WHERE {KeyMatches} AND Version = @GrainStateVersion
            """;
    }

    public Task InitializeAsync(CancellationToken cancellationToken) =>
        _source.ExecuteAsync(_dialect.CreateStorage, static _ => { }, cancellationToken);

    public async Task<StoredState<TState>> ReadAsync<TState>(string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        var key = OrleansStorageKey.Of(stateName, grainId);
        var rows = await _source.QueryAsync(
            $"SELECT PayloadBinary, Version FROM OrleansStorage WHERE {KeyMatches}",
            command => Bind(command, key),
            static reader => (
                Payload: reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0),
                Version: reader.IsDBNull(1) ? null : reader.GetInt32(1).ToString(CultureInfo.InvariantCulture)),
            cancellationToken);
        return rows switch
        {
            [] => default,
            [var row] => new StoredState<TState>(
                row.Payload is null ? default : _serializer.Deserialize<TState>(row.Payload), row.Payload is not null, row.Version),
            _ => throw new InvalidDataException(
                $"Found {rows.Count} rows of state '{stateName}' of {grainId} in OrleansStorage, expected at most one. Two processes may have written at the same time."),
        };
    }

    public async Task<string> WriteAsync<TState>(
        string stateName, GrainId grainId, TState state, string? etag, CancellationToken cancellationToken) =>
        await ChangeAsync(stateName, grainId, _serializer.Serialize(state), etag, cancellationToken);

    public async Task<string?> ClearAsync(string stateName, GrainId grainId, string? etag, CancellationToken cancellationToken)
    {
        if (etag is not null)
            return await ChangeAsync(stateName, grainId, payload: null, etag, cancellationToken);
        var stored = await VersionAsync(stateName, grainId, cancellationToken);
        return stored is null ? null : throw GrainStorageConflict.Of(stateName, grainId, stored, etag);
    }

    private async Task<string> ChangeAsync(
        string stateName, GrainId grainId, byte[]? payload, string? etag, CancellationToken cancellationToken)
    {
        var key = OrleansStorageKey.Of(stateName, grainId);
        int? version = etag is null ? null : int.Parse(etag, CultureInfo.InvariantCulture);

        // The version is compared and counted up by one statement: between a read and a write of ours somebody else could write.
        var changed = await _source.ExecuteAsync(
            version is null ? _insert : _update,
            command =>
            {
                Bind(command, key);
                command.Add("@PayloadBinary", DbType.Binary, payload);
                if (version is not null)
                    command.Add("@GrainStateVersion", DbType.Int32, version);
            },
            cancellationToken);
        if (changed == 0)
            throw GrainStorageConflict.Of(stateName, grainId, await VersionAsync(stateName, grainId, cancellationToken), etag);
        return ((version ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
    }

    private async Task<string?> VersionAsync(string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        var key = OrleansStorageKey.Of(stateName, grainId);
        var rows = await _source.QueryAsync(
            $"SELECT Version FROM OrleansStorage WHERE {KeyMatches}",
            command => Bind(command, key),
            static reader => reader.GetInt32(0).ToString(CultureInfo.InvariantCulture),
            cancellationToken);
        return rows.Count > 0 ? rows[0] : null;
    }

    private void Bind(DbCommand command, OrleansStorageKey key)
    {
        command.Add("@GrainIdHash", DbType.Int32, key.IdHash);
        command.Add("@GrainIdN0", DbType.Int64, key.N0);
        command.Add("@GrainIdN1", DbType.Int64, key.N1);
        command.Add("@GrainTypeHash", DbType.Int32, key.TypeHash);
        command.Add("@GrainTypeString", DbType.String, key.TypeString);
        command.Add("@GrainIdExtensionString", DbType.String, key.ExtensionString);
        command.Add("@ServiceId", DbType.String, _serviceId);
    }
}

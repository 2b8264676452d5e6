using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data.Content;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Clients;

/// <summary>Clients and source mailings, each stored as versions: what was in force when a mailing was copied can be read back.</summary>
public sealed class DefinitionStore(Database database, LedgerWriter writer)
{
    /// <summary>Stores a new version when the definition differs from the current one.</summary>
    public Task<Versioned<ClientDefinition>> ApplyAsync(ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var json = JsonSerializer.Serialize(client, DefinitionJson.Options);
        return writer.WriteAsync(context =>
        {
            var (version, changed) = Apply(context, "client", "client_id", client.Id, Hash(json), json);
            if (changed)
            {
                context.Execute(
                    """
                    INSERT INTO client (client_id, client_key, version) VALUES ($1, $2, $3)
                    ON CONFLICT (client_id) DO UPDATE SET client_key = excluded.client_key, version = excluded.version
                    """, client.Id, client.Key, version);
            }

            return new Versioned<ClientDefinition>(client, version, changed);
        });
    }

    /// <summary>Stores a new version when the definition differs from the current one.</summary>
    /// <param name="source">The mailing.</param>
    /// <param name="files">Octets of the files it names.</param>
    public Task<Versioned<SourceMailing>> ApplyAsync(SourceMailing source, params IReadOnlyList<byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(source);
        var json = JsonSerializer.Serialize(source, DefinitionJson.Options);
        return writer.WriteAsync(context =>
        {
            FileContents.Add(context, files);
            var (version, changed) = Apply(context, "source_mailing", "source_id", source.Id, Hash(json), json);
            if (changed)
            {
                context.Execute(
                    """
                    INSERT INTO source_mailing (source_id, client_id, version) VALUES ($1, $2, $3)
                    ON CONFLICT (source_id) DO UPDATE SET client_id = excluded.client_id, version = excluded.version
                    """, source.Id, source.ClientId, version);
            }

            return new Versioned<SourceMailing>(source, version, changed);
        });
    }

    public Versioned<ClientDefinition>? FindClient(long clientId) => Find<ClientDefinition>(
        "SELECT v.version, v.definition FROM client c JOIN client_version v ON v.client_id = c.client_id AND v.version = c.version WHERE c.client_id = $1",
        clientId);

    public Versioned<ClientDefinition>? FindClient(string key) => Find<ClientDefinition>(
        "SELECT v.version, v.definition FROM client c JOIN client_version v ON v.client_id = c.client_id AND v.version = c.version WHERE c.client_key = $1",
        key);

    public Versioned<ClientDefinition>? FindClient(long clientId, int version) => Find<ClientDefinition>(
        "SELECT version, definition FROM client_version WHERE client_id = $1 AND version = $2", clientId, version);

    /// <summary>The version in force at a stamp; the first one when the client was applied later than that.</summary>
    public Versioned<ClientDefinition>? FindClientAt(long clientId, long stamp) => Find<ClientDefinition>(
        "SELECT version, definition FROM client_version WHERE client_id = $1 AND recorded <= $2 ORDER BY version DESC LIMIT 1", clientId, stamp)
        ?? FindClient(clientId, 1);

    public Versioned<SourceMailing>? FindSource(long sourceId) => Find<SourceMailing>(
        "SELECT v.version, v.definition FROM source_mailing s JOIN source_mailing_version v ON v.source_id = s.source_id AND v.version = s.version WHERE s.source_id = $1",
        sourceId);

    public Versioned<SourceMailing>? FindSource(long sourceId, int version) => Find<SourceMailing>(
        "SELECT version, definition FROM source_mailing_version WHERE source_id = $1 AND version = $2", sourceId, version);

    /// <summary>Versions of a source mailing, newest first.</summary>
    public IReadOnlyList<StoredVersion> SourceVersions(long sourceId, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT version, recorded, hash FROM source_mailing_version WHERE source_id = $1 ORDER BY version DESC LIMIT $2");
        using var reader = statement.Query(sourceId, limit);
        var versions = new List<StoredVersion>();
        while (reader.Read()) versions.Add(new StoredVersion(reader.GetInt32(0), reader.GetInt64(1), reader.GetString(2)));
        return versions;
    }

    public IReadOnlyList<Versioned<ClientDefinition>> Clients() => List<ClientDefinition>(
        "SELECT v.version, v.definition FROM client c JOIN client_version v ON v.client_id = c.client_id AND v.version = c.version ORDER BY c.client_id");

    public IReadOnlyList<Versioned<SourceMailing>> Sources() => List<SourceMailing>(
        "SELECT v.version, v.definition FROM source_mailing s JOIN source_mailing_version v ON v.source_id = s.source_id AND v.version = s.version ORDER BY s.source_id");

    private static (int Version, bool Changed) Apply(WriteContext context, string table, string key, long id, string hash, string json)
    {
        var current = (int)context.Scalar($"SELECT version FROM {table} WHERE {key} = $1", id);
        var same = context.Scalar($"SELECT COUNT(*) FROM {table}_version WHERE {key} = $1 AND version = $2 AND hash = $3", id, current, hash);
        if (same > 0) return (current, false);
        context.Execute($"INSERT INTO {table}_version ({key}, version, hash, definition, recorded) VALUES ($1, $2, $3, $4, $5)",
            id, current + 1, hash, json, context.Stamp);
        return (current + 1, true);
    }

    private Versioned<T>? Find<T>(string sql, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        var found = List<T>(sql, arguments);
        return found.Count == 0 ? null : found[0];
    }

    private List<Versioned<T>> List<T>(string sql, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var list = new List<Versioned<T>>();
        while (reader.Read())
        {
            var value = JsonSerializer.Deserialize<T>(reader.GetString(1), DefinitionJson.Options)!;
            list.Add(new Versioned<T>(value, reader.GetInt32(0), Changed: false));
        }

        return list;
    }

    private static string Hash(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}

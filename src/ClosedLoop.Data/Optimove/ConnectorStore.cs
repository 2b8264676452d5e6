using System.Data.Common;
using System.Text.Json;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>Connectors to Optimove: definition, sealed secrets, the state of their registration.</summary>
public sealed partial class ConnectorStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns =
        "client_id, version, definition, api_key, attribute_api_key, engagement_token, app_key, state, reason, since, registered_version, attempts, next_try, synced_at, missing, password, session";

    /// <summary>Stores a connector; a new version when anything differs.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="definition">What is wanted.</param>
    /// <param name="secrets">Secrets that change.</param>
    /// <param name="newAppKey">Sealed key and hash, used when the client has none yet.</param>
    public Task<(int Version, bool Changed)> SaveAsync(long clientId, OptimoveDefinition definition, ConnectorSecrets secrets, (byte[] Sealed, string Hash) newAppKey)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(secrets);
        var json = JsonSerializer.Serialize(definition, DefinitionJson.Options);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (context.Execute(
                    """
                    INSERT INTO optimove_connector (client_id, version, definition, api_key, attribute_api_key, engagement_token, app_key, state, since, password)
                    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (client_id) DO NOTHING
                    """, clientId, json, secrets.ApiKey, secrets.AttributeApiKey, secrets.EngagementToken, newAppKey.Sealed, nameof(ConnectorState.Draft), now, secrets.Password) == 1)
            {
                context.Execute("INSERT INTO optimove_app_key (hash, client_id) VALUES ($1, $2)", newAppKey.Hash, clientId);
                return (1, true);
            }

            var changed = context.Execute(
                """
                UPDATE optimove_connector SET definition = $2, version = version + 1, attempts = 0, next_try = 0, missing = NULL,
                    api_key = COALESCE($3, api_key), attribute_api_key = COALESCE($4, attribute_api_key), engagement_token = COALESCE($5, engagement_token),
                    password = COALESCE($7, password)
                WHERE client_id = $1 AND (definition <> $2 OR $6 = 1)
                """, clientId, json, secrets.ApiKey, secrets.AttributeApiKey, secrets.EngagementToken, secrets.IsEmpty ? 0 : 1, secrets.Password) == 1;
            return ((int)context.Scalar("SELECT version FROM optimove_connector WHERE client_id = $1", clientId), changed);
        });
    }

    /// <summary>A new key for listener addresses; the old one is good until the moment given (microseconds).</summary>
    public Task RotateAsync(long clientId, byte[] sealedKey, string hash, long oldValidUntil) => writer.WriteAsync(context =>
    {
        context.Execute("UPDATE optimove_app_key SET valid_until = $2 WHERE client_id = $1 AND valid_until IS NULL", clientId, oldValidUntil);
        context.Execute("INSERT INTO optimove_app_key (hash, client_id) VALUES ($1, $2)", hash, clientId);
        context.Execute("UPDATE optimove_connector SET app_key = $2, version = version + 1, attempts = 0, next_try = 0 WHERE client_id = $1", clientId, sealedKey);
    });

    public ConnectorRow? Find(long clientId) => Query($"SELECT {Columns} FROM optimove_connector WHERE client_id = $1", clientId).FirstOrDefault();

    public IReadOnlyList<ConnectorRow> All() => Query($"SELECT {Columns} FROM optimove_connector ORDER BY client_id");

    public IReadOnlyList<AppKeyRow> AppKeys()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT hash, client_id, valid_until FROM optimove_app_key");
        using var reader = statement.Query();
        var keys = new List<AppKeyRow>();
        while (reader.Read()) keys.Add(new AppKeyRow(reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2)));
        return keys;
    }

    /// <summary>Moves a connector of that version; one that was saved meanwhile is left alone.</summary>
    public Task MoveAsync(long clientId, int version, ConnectorState state, string? reason)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            context.Execute("UPDATE optimove_connector SET since = $4 WHERE client_id = $1 AND version = $2 AND state <> $3", clientId, version, state.ToString(), now);
            context.Execute("UPDATE optimove_connector SET state = $3, reason = $4 WHERE client_id = $1 AND version = $2", clientId, version, state.ToString(), reason);
        });
    }

    /// <summary>The listeners of a version are registered and verified.</summary>
    public Task RegisteredAsync(long clientId, int version) => writer.WriteAsync(context =>
        context.Execute("UPDATE optimove_connector SET registered_version = $2, attempts = 0, next_try = 0 WHERE client_id = $1 AND version = $2", clientId, version));

    /// <summary>Not all could be registered: tried again at the moment given (microseconds).</summary>
    public Task PutOffAsync(long clientId, int version, long nextTry) => writer.WriteAsync(context =>
        context.Execute("UPDATE optimove_connector SET attempts = attempts + 1, next_try = $3 WHERE client_id = $1 AND version = $2", clientId, version, nextTry));

    public Task SyncedAsync(long clientId, long at) => writer.WriteAsync(context =>
        context.Execute("UPDATE optimove_connector SET synced_at = $2 WHERE client_id = $1", clientId, at));

    /// <summary>Keeps a login for the next start: Optimove refuses another one while the last is good.</summary>
    public Task LoggedInAsync(long clientId, byte[] session) => writer.WriteAsync(context =>
        context.Execute("UPDATE optimove_connector SET session = $2 WHERE client_id = $1", clientId, session));

    /// <summary>The key may not make a call.</summary>
    public Task LacksAsync(long clientId, string call) => writer.WriteAsync(context => context.Execute(
        """
        UPDATE optimove_connector SET missing = CASE WHEN missing IS NULL THEN $2 ELSE missing || ',' || $2 END
        WHERE client_id = $1 AND (missing IS NULL OR (',' || missing || ',') NOT LIKE ('%,' || $2 || ',%'))
        """, clientId, call));

    private List<ConnectorRow> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = new List<ConnectorRow>();
        while (reader.Read()) rows.Add(Read(reader));
        return rows;
    }

    private static ConnectorRow Read(DbDataReader reader) => new()
    {
        ClientId = reader.GetInt64(0),
        Version = reader.GetInt32(1),
        Definition = JsonSerializer.Deserialize<OptimoveDefinition>(reader.GetString(2), DefinitionJson.Options)!,
        ApiKey = Octets(reader, 3),
        AttributeApiKey = Octets(reader, 4),
        EngagementToken = Octets(reader, 5),
        AppKey = reader.GetFieldValue<byte[]>(6),
        State = Enum.Parse<ConnectorState>(reader.GetString(7)),
        Reason = reader.IsDBNull(8) ? null : reader.GetString(8),
        Since = reader.GetInt64(9),
        RegisteredVersion = reader.GetInt32(10),
        Attempts = reader.GetInt32(11),
        NextTry = reader.GetInt64(12),
        SyncedAt = reader.GetInt64(13),
        Missing = reader.IsDBNull(14) ? null : reader.GetString(14),
        Password = Octets(reader, 15),
        Session = Octets(reader, 16),
    };

    private static byte[]? Octets(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<byte[]>(ordinal);
}

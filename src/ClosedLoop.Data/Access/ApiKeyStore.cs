using ClosedLoop.Model;

namespace ClosedLoop.Data.Access;

/// <summary>Keys of programs; of a key only its hash is stored.</summary>
public sealed class ApiKeyStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns = "key_id, name, hash, role, client_id, created_by, created_at, expires_at, used_at, revoked_at, person";

    public ApiKey? Find(string id) => Query($"SELECT {Columns} FROM api_key WHERE key_id = $1", id).FirstOrDefault();

    public IReadOnlyList<ApiKey> All() => Query($"SELECT {Columns} FROM api_key ORDER BY created_at DESC, key_id");

    public Task AddAsync(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return writer.WriteAsync(context =>
        {
            context.Execute(
                "INSERT INTO api_key (key_id, name, hash, role, client_id, created_by, created_at, expires_at, person) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                key.Id, key.Name, key.Hash, (int)key.Role, key.ClientId, key.CreatedBy, key.CreatedAt, key.ExpiresAt, key.Person);
        });
    }

    /// <returns><c>false</c> when there is no such key in force.</returns>
    public Task<bool> RevokeAsync(string id)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => context.Execute("UPDATE api_key SET revoked_at = $2 WHERE key_id = $1 AND revoked_at IS NULL", id, now) == 1);
    }

    /// <summary>Notes a use without waiting for the disk.</summary>
    public Task UsedAsync(string id)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAheadAsync(context => context.Execute("UPDATE api_key SET used_at = $2 WHERE key_id = $1", id, now));
    }

    private List<ApiKey> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var keys = new List<ApiKey>();
        while (reader.Read())
        {
            keys.Add(new ApiKey(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), (OperatorRole)reader.GetInt32(3), Number(4), reader.GetString(5), reader.GetInt64(6), Number(7), Number(8), Number(9), reader.IsDBNull(10) ? null : reader.GetString(10)));
        }

        return keys;

        long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }
}

using ClosedLoop.Model;

namespace ClosedLoop.Data.Access;

/// <summary>Answers kept for a day, so that a request sent again is answered and not carried out again.</summary>
public sealed class IdempotencyStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const long Day = 86_400_000_000;

    /// <summary>Takes a key for a request.</summary>
    /// <returns><c>null</c> when it is new; else what is known of the one before.</returns>
    public async Task<KeptAnswer?> BeginAsync(string actor, string key, string fingerprint)
    {
        var now = time.NowMicroseconds();
        var isNew = await writer.WriteAsync(context =>
        {
            context.Execute("DELETE FROM idempotency WHERE created_at < $1", now - Day);
            return context.Execute(
                "INSERT INTO idempotency (actor, idempotency_key, fingerprint, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (actor, idempotency_key) DO NOTHING",
                actor, key, fingerprint, now) == 1;
        }).ConfigureAwait(false);
        return isNew ? null : Find(actor, key);
    }

    public Task EndAsync(string actor, string key, int status, string body) => writer.WriteAsync(context =>
    {
        context.Execute("UPDATE idempotency SET status = $3, body = $4 WHERE actor = $1 AND idempotency_key = $2", actor, key, status, body);
    });

    /// <summary>The request failed before anything was done: the key may be used again.</summary>
    public Task ReleaseAsync(string actor, string key) => writer.WriteAsync(context =>
    {
        context.Execute("DELETE FROM idempotency WHERE actor = $1 AND idempotency_key = $2 AND status IS NULL", actor, key);
    });

    private KeptAnswer? Find(string actor, string key)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT fingerprint, status, body FROM idempotency WHERE actor = $1 AND idempotency_key = $2");
        using var reader = statement.Query(actor, key);
        return reader.Read() ? new KeptAnswer(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2)) : null;
    }
}

using ClosedLoop.Data.Ids;
using ClosedLoop.Model;

namespace ClosedLoop.Data.Optimove;

/// <summary>
/// Attributes on their way to Optimove: one row a customer and field, the last value wins. A row goes when Optimove has taken the value it holds; a request whose answer did not come is
/// repeated, because an attribute may be set twice.
/// </summary>
public sealed partial class AttributeStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Writes the newest value down.</summary>
    public static void Put(WriteContext context, long clientId, string customer, string field, string value, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute(
            """
            INSERT INTO optimove_attribute (client_id, customer, field, value, version, first_at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (client_id, customer, field) DO UPDATE SET value = excluded.value, version = excluded.version
            """, clientId, customer, field, value, context.Stamp, now);
    }

    /// <summary>Values that wait and whose time to gather is over, by customer; not those of fields that Optimove has not opened.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="firstBefore">Microseconds; of customers whose oldest value came before it.</param>
    /// <param name="limit">Most rows.</param>
    public IReadOnlyList<AttributeUpdate> Due(long clientId, long firstBefore, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT customer, field, value, version FROM optimove_attribute WHERE client_id = $1 AND batch_id = 0 AND first_at <= $2
                AND field NOT IN (SELECT k.field FROM optimove_locked_field k WHERE k.client_id = $1) ORDER BY customer, field LIMIT $3
            """);
        using var reader = statement.Query(clientId, firstBefore, limit);
        var rows = new List<AttributeUpdate>();
        while (reader.Read()) rows.Add(new AttributeUpdate(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)));
        return rows;
    }

    /// <summary>Puts values into a request: durable when awaited, so that the answer and the call back find it.</summary>
    /// <returns>Number of the batch.</returns>
    public Task<long> SealAsync(long clientId, IReadOnlyList<AttributeUpdate> updates, string secretHash)
    {
        ArgumentNullException.ThrowIfNull(updates);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            var batch = IdSequence.Take(context, OptimoveEventStore.Sequence);
            context.Execute(
                "INSERT INTO optimove_batch (batch_id, client_id, secret_hash, customers, items, state, created_at) VALUES ($1, $2, $3, $4, $5, 0, $6)",
                batch, clientId, secretHash, updates.Select(update => update.Customer).Distinct(StringComparer.Ordinal).Count(), updates.Count, now);
            foreach (var update in updates)
            {
                context.Execute(
                    "UPDATE optimove_attribute SET batch_id = $4, sent_version = $5 WHERE client_id = $1 AND customer = $2 AND field = $3",
                    clientId, update.Customer, update.Field, batch, update.Version);
                context.Execute("INSERT INTO optimove_batch_item (batch_id, customer, field, value) VALUES ($1, $2, $3, $4)", batch, update.Customer, update.Field, update.Value);
            }

            return batch;
        });
    }

    /// <summary>Optimove has the request: what has not changed since is done with, the rest waits again.</summary>
    public Task TakenAsync(long clientId, long batch, string? requestId)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            context.Execute("DELETE FROM optimove_attribute WHERE client_id = $1 AND batch_id = $2 AND version = sent_version", clientId, batch);
            context.Execute("UPDATE optimove_attribute SET batch_id = 0, first_at = $3 WHERE client_id = $1 AND batch_id = $2", clientId, batch, now);

            // The call back may have come before the answer.
            context.Execute("UPDATE optimove_batch SET state = 1, taken_at = $2, request_id = $3 WHERE batch_id = $1 AND state = 0", batch, now, requestId);
        });
    }

    /// <summary>The request did not get through, or nobody knows: its values wait again.</summary>
    public Task ReturnAsync(long clientId, long batch) => writer.WriteAsync(context =>
    {
        context.Execute("UPDATE optimove_attribute SET batch_id = 0 WHERE client_id = $1 AND batch_id = $2", clientId, batch);
        context.Execute("DELETE FROM optimove_batch_item WHERE batch_id = $1", batch);
        context.Execute("DELETE FROM optimove_batch WHERE batch_id = $1 AND state = 0", batch);
    });

    /// <summary>Optimove refused the whole request: its values are kept aside.</summary>
    public Task RefuseAsync(long clientId, long batch, string error)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            foreach (var (customer, field, value) in Items(context, batch)) Bury(context, clientId, batch, customer, field, value, error, now);
            context.Execute("DELETE FROM optimove_attribute WHERE client_id = $1 AND batch_id = $2 AND version = sent_version", clientId, batch);
            context.Execute("UPDATE optimove_attribute SET batch_id = 0 WHERE client_id = $1 AND batch_id = $2", clientId, batch);
            context.Execute("UPDATE optimove_batch SET state = 5 WHERE batch_id = $1", batch);
            context.Execute("DELETE FROM optimove_batch_item WHERE batch_id = $1", batch);
        });
    }

    /// <summary>What a crash left on its way waits again.</summary>
    public async Task<int> RecoverAsync(long clientId)
    {
        List<long> open;
        using (var connection = database.OpenRead())
        {
            using var statement = new Statement(connection, "SELECT batch_id FROM optimove_batch WHERE client_id = $1 AND state = 0");
            open = statement.Numbers(clientId);
        }

        foreach (var batch in open) await ReturnAsync(clientId, batch).ConfigureAwait(false);
        return open.Count;
    }

    /// <summary>Values that wait or are on their way.</summary>
    public long Waiting(long clientId) => Scalar("SELECT COUNT(*) FROM optimove_attribute WHERE client_id = $1", clientId);

    private long Scalar(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Scalar(arguments);
    }

    private static List<(string Customer, string Field, string Value)> Items(WriteContext context, long batch)
    {
        using var reader = context.Statement("SELECT customer, field, value FROM optimove_batch_item WHERE batch_id = $1 ORDER BY customer, field").Query(batch);
        var items = new List<(string, string, string)>();
        while (reader.Read()) items.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return items;
    }

    private static void Bury(WriteContext context, long clientId, long batch, string customer, string field, string? value, string error, long now) => context.Execute(
        "INSERT INTO optimove_dead_letter (letter_id, client_id, batch_id, customer, field, value, error, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        IdSequence.Take(context, OptimoveEventStore.Sequence), clientId, batch, customer, field, value, error, now);
}

using ClosedLoop.Model;

namespace ClosedLoop.Data.Optimove;

/// <summary>What comes back for a request with attributes, and what is kept aside.</summary>
public sealed partial class AttributeStore
{
    /// <summary>The request of a call back's secret; null when there is none, it was used, or its time is over.</summary>
    /// <param name="secretHash">Hash of the secret.</param>
    /// <param name="createdAfter">Microseconds; older ones are over.</param>
    public (long Batch, long ClientId)? Find(string secretHash, long createdAfter)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT batch_id, client_id FROM optimove_batch WHERE secret_hash = $1 AND created_at > $2");
        using var reader = statement.Query(secretHash, createdAfter);
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1)) : null;
    }

    /// <summary>Takes a call back; the second one for a request changes nothing.</summary>
    /// <returns>Fields that were found locked.</returns>
    public Task<List<string>> CallBackAsync(long batch, long clientId, bool isSuccess, IReadOnlyList<CallbackError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            var locked = new List<string>();
            if (context.Scalar("SELECT COUNT(*) FROM optimove_batch WHERE batch_id = $1 AND state IN (0, 1, 4)", batch) == 0) return locked;
            var values = Items(context, batch).ToDictionary(item => (item.Customer, item.Field), item => item.Value);
            foreach (var error in errors)
            {
                Bury(context, clientId, batch, error.Customer, error.Field, values.GetValueOrDefault((error.Customer, error.Field)), error.Error, now);
                if (!error.IsLocked || error.Field.Length == 0) continue;
                locked.Add(error.Field);
                context.Execute("INSERT INTO optimove_locked_field (client_id, field, since) VALUES ($1, $2, $3) ON CONFLICT (client_id, field) DO NOTHING", clientId, error.Field, now);
            }

            // The answer to the request itself may still be on its way: what it carried has arrived.
            context.Execute("DELETE FROM optimove_attribute WHERE client_id = $1 AND batch_id = $2 AND version = sent_version", clientId, batch);
            context.Execute("UPDATE optimove_attribute SET batch_id = 0 WHERE client_id = $1 AND batch_id = $2", clientId, batch);
            context.Execute("UPDATE optimove_batch SET state = $2 WHERE batch_id = $1", batch, isSuccess && errors.Count == 0 ? 2 : 3);
            context.Execute("DELETE FROM optimove_batch_item WHERE batch_id = $1", batch);
            return locked;
        });
    }

    /// <summary>Requests without a call back since a moment (microseconds): taken, but nobody said so. They are not repeated.</summary>
    public Task<int> UnconfirmedAsync(long clientId, long takenBefore) => writer.WriteAsync(context =>
        context.Execute("UPDATE optimove_batch SET state = 4 WHERE client_id = $1 AND state = 1 AND taken_at < $2", clientId, takenBefore));

    /// <summary>Gives up requests that are over and letters nobody wanted.</summary>
    public Task RemoveAsync(long clientId, long batchesBefore, long lettersBefore) => writer.WriteAsync(context =>
    {
        context.Execute("DELETE FROM optimove_batch_item WHERE batch_id IN (SELECT batch_id FROM optimove_batch WHERE client_id = $1 AND state > 0 AND created_at < $2)", clientId, batchesBefore);
        context.Execute("DELETE FROM optimove_batch WHERE client_id = $1 AND state > 0 AND created_at < $2", clientId, batchesBefore);
        context.Execute("DELETE FROM optimove_dead_letter WHERE client_id = $1 AND recorded < $2", clientId, lettersBefore);
    });

    public IReadOnlyList<DeadLetter> Letters(long clientId, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT letter_id, customer, field, value, error, recorded FROM optimove_dead_letter WHERE client_id = $1 AND replayed_at IS NULL ORDER BY letter_id DESC LIMIT $2");
        using var reader = statement.Query(clientId, limit);
        var letters = new List<DeadLetter>();
        while (reader.Read()) letters.Add(new DeadLetter(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetString(4), reader.GetInt64(5)));
        return letters;
    }

    public long LetterCount(long clientId) => Scalar("SELECT COUNT(*) FROM optimove_dead_letter WHERE client_id = $1 AND replayed_at IS NULL", clientId);

    /// <summary>Sends refused values again, where no newer one is on its way, and tries locked fields again.</summary>
    public Task<int> ReplayAsync(long clientId)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            context.Execute("DELETE FROM optimove_locked_field WHERE client_id = $1", clientId);
            var rows = context.Execute(
                """
                INSERT INTO optimove_attribute (client_id, customer, field, value, version, first_at)
                SELECT d.client_id, d.customer, d.field, d.value, $2, $3 FROM optimove_dead_letter d
                WHERE d.client_id = $1 AND d.replayed_at IS NULL AND d.value IS NOT NULL
                    AND d.letter_id = (SELECT MAX(e.letter_id) FROM optimove_dead_letter e WHERE e.client_id = d.client_id AND e.customer = d.customer AND e.field = d.field)
                ON CONFLICT (client_id, customer, field) DO NOTHING
                """, clientId, context.Stamp, now);
            context.Execute("UPDATE optimove_dead_letter SET replayed_at = $2 WHERE client_id = $1 AND replayed_at IS NULL", clientId, now);
            return rows;
        });
    }

    /// <summary>Gives refused values up: they are not sent again, and nothing remains of them.</summary>
    /// <returns>How many.</returns>
    public Task<int> DropAsync(long clientId) => writer.WriteAsync(context => context.Execute("DELETE FROM optimove_dead_letter WHERE client_id = $1 AND replayed_at IS NULL", clientId));
}

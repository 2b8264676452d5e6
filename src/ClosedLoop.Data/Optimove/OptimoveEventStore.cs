using ClosedLoop.Data.Ids;

namespace ClosedLoop.Data.Optimove;

/// <summary>Calls of Optimove's listeners: on disk before they are answered, worked on afterwards.</summary>
public sealed class OptimoveEventStore(Database database, LedgerWriter writer)
{
    /// <summary>Name of the sequence that events, batches and letters take their numbers from.</summary>
    internal const string Sequence = "optimove";

    /// <summary>Type of the call that says that a campaign was executed for a channel.</summary>
    private const int ExecutedType = 13;

    private const string Columns = "event_id, type, campaign, channel_id, template_id, customer, occurred_at, received_at, raw";

    /// <summary>Stores a call; durable when awaited. Whether it is a repetition is decided in the transaction, and so for calls at the same moment.</summary>
    public Task<Acceptance> AcceptAsync(NewOptimoveEvent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return writer.WriteAsync(context =>
        {
            var isRepeated = call.IgnoredBecause is null && context.Scalar(
                "SELECT COUNT(*) FROM optimove_event WHERE client_id = $1 AND dedup_key = $2 AND received_at > $3 AND state <> 3", call.ClientId, call.DedupKey, call.DuplicatesSince) > 0;

            // A campaign that is executed once more is read once more, for whoever is new; the same call delivered again is not worked on.
            if (isRepeated && (call.Type != ExecutedType || context.Scalar(
                    "SELECT COUNT(*) FROM optimove_event WHERE client_id = $1 AND dedup_key = $2 AND occurred_at = $3 AND state <> 3", call.ClientId, call.DedupKey, call.OccurredAt) > 0))
                return Acceptance.Duplicate;

            context.Execute(
                """
                INSERT INTO optimove_event (event_id, client_id, type, dedup_key, campaign, channel_id, template_id, customer, occurred_at, received_at, state, reason, raw)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                """,
                IdSequence.Take(context, Sequence), call.ClientId, call.Type, call.DedupKey, call.Campaign, call.ChannelId, call.TemplateId, call.Customer,
                call.OccurredAt, call.ReceivedAt, call.IgnoredBecause is null ? 0 : 3, call.IgnoredBecause, call.Raw);
            return call.IgnoredBecause is not null ? Acceptance.Ignored : isRepeated ? Acceptance.Duplicate : Acceptance.Accepted;
        });
    }

    /// <summary>Calls that wait, oldest first.</summary>
    public IReadOnlyList<StoredOptimoveEvent> Open(long clientId, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, $"SELECT {Columns} FROM optimove_event WHERE client_id = $1 AND state = 0 ORDER BY event_id LIMIT $2");
        using var reader = statement.Query(clientId, limit);
        var events = new List<StoredOptimoveEvent>();
        while (reader.Read())
        {
            events.Add(new StoredOptimoveEvent(
                reader.GetInt64(0), reader.GetInt32(1), reader.GetString(2), reader.GetInt32(3), reader.IsDBNull(4) ? null : reader.GetInt32(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetFieldValue<byte[]>(8)));
        }

        return events;
    }

    /// <summary>Calls received since a moment (microseconds) of which nobody got a message, by why.</summary>
    public IReadOnlyDictionary<string, long> NotUsed(long clientId, long since)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(
            connection, "SELECT COALESCE(reason, ''), COUNT(*) FROM optimove_event WHERE client_id = $1 AND received_at >= $2 AND state IN (2, 3) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10");
        using var reader = statement.Query(clientId, since);
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read()) found[reader.GetString(0)] = reader.GetInt64(1);
        return found;
    }

    /// <summary>Marks a call as worked on; <c>false</c> when somebody did so before.</summary>
    public static bool Done(WriteContext context, long eventId, string? droppedBecause = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Execute("UPDATE optimove_event SET state = $2, reason = $3 WHERE event_id = $1 AND state = 0", eventId, droppedBecause is null ? 1 : 2, droppedBecause) == 1;
    }

    /// <summary>Gives up calls received before a moment (microseconds), a bounded number at once.</summary>
    public Task<int> RemoveAsync(long before) => writer.WriteAsync(context => context.Execute(
        "DELETE FROM optimove_event WHERE event_id IN (SELECT event_id FROM optimove_event WHERE received_at < $1 AND state <> 0 ORDER BY received_at LIMIT 2000)", before));
}

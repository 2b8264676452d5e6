using ClosedLoop.Data.Ids;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>
/// What Optimove is told of customers and campaigns, and adds up. Each row is marked before it is posted; one found marked after a crash, or whose answer did not come, is in
/// doubt and is not posted again by itself.
/// </summary>
public sealed partial class InteractionStore(Database database, LedgerWriter writer)
{
    /// <summary>Adds a row; <c>false</c> when it is there already.</summary>
    public static bool Add(WriteContext context, NewInteraction interaction, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(interaction);
        return context.Execute(
            """
            INSERT INTO optimove_interaction (client_id, campaign, channel_id, template_id, event_id, customer, trigger_key, label, occurred_at, created_at, state)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
            ON CONFLICT (client_id, campaign, channel_id, template_id, event_id, customer, trigger_key) DO NOTHING
            """, interaction.ClientId, interaction.Campaign, interaction.ChannelId, interaction.TemplateId, (int)interaction.Kind, interaction.Customer,
            interaction.TriggerKey, interaction.Label, interaction.OccurredAt, now) == 1;
    }

    /// <summary>Rows that wait, oldest first.</summary>
    public IReadOnlyList<WaitingInteraction> Waiting(long clientId, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT campaign, label, channel_id, template_id, event_id, customer, trigger_key, occurred_at, created_at FROM optimove_interaction
            WHERE client_id = $1 AND state = 0 ORDER BY created_at LIMIT $2
            """);
        using var reader = statement.Query(clientId, limit);
        var rows = new List<WaitingInteraction>();
        while (reader.Read())
        {
            rows.Add(new WaitingInteraction(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), (InteractionKind)reader.GetInt32(4),
                reader.GetString(5), reader.GetString(6), reader.GetInt64(7), reader.GetInt64(8)));
        }

        return rows;
    }

    /// <summary>Marks rows as being posted, durable when awaited: only then may the request leave.</summary>
    /// <returns>Number of the batch.</returns>
    public Task<long> MarkAsync(long clientId, IReadOnlyList<WaitingInteraction> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return writer.WriteAsync(context =>
        {
            var batch = IdSequence.Take(context, OptimoveEventStore.Sequence);
            foreach (var row in rows)
            {
                context.Execute(
                    """
                    UPDATE optimove_interaction SET state = 1, batch_id = $8
                    WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND template_id = $4 AND event_id = $5 AND customer = $6 AND trigger_key = $7 AND state = 0
                    """, clientId, row.Campaign, row.ChannelId, row.TemplateId, (int)row.Kind, row.Customer, row.TriggerKey, batch);
            }

            return batch;
        });
    }

    /// <summary>What became of a batch.</summary>
    public Task SettleAsync(long clientId, long batch, InteractionState state, string? reason) => writer.WriteAsync(context =>
    {
        context.Execute("UPDATE optimove_interaction SET state = $3, reason = $4 WHERE client_id = $1 AND state = 1 AND batch_id = $2", clientId, batch, (int)state, reason);
        context.Execute("UPDATE optimove_total SET state = $3, reason = $4 WHERE client_id = $1 AND state = 1 AND batch_id = $2", clientId, batch, (int)state, reason);
    });

    /// <summary>What a crash left marked: it may have been posted.</summary>
    public Task<int> RecoverAsync(long clientId) => writer.WriteAsync(context =>
        context.Execute("UPDATE optimove_interaction SET state = 3, reason = 'the process ended while it was being posted' WHERE client_id = $1 AND state = 1", clientId)
        + context.Execute("UPDATE optimove_total SET state = 3, reason = 'the process ended while it was being posted' WHERE client_id = $1 AND state = 1", clientId));

    /// <summary>Rows in doubt wait again: somebody has decided that telling twice is better than not at all.</summary>
    public Task<int> ReplayAsync(long clientId) => writer.WriteAsync(context =>
        context.Execute("UPDATE optimove_interaction SET state = 0, reason = NULL WHERE client_id = $1 AND state = 3", clientId)
        + context.Execute("UPDATE optimove_total SET state = 0, reason = NULL WHERE client_id = $1 AND state = 3", clientId));

    /// <summary>Rows that are not told one by one only count from now on.</summary>
    public Task<int> CountOnlyAsync(long clientId) => writer.WriteAsync(context => context.Execute("UPDATE optimove_interaction SET state = 5 WHERE client_id = $1 AND state = 0", clientId));

    /// <summary>How many rows are in each state.</summary>
    public IReadOnlyDictionary<InteractionState, long> Counts(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT state, COUNT(*) FROM optimove_interaction WHERE client_id = $1 GROUP BY state ORDER BY state");
        using var reader = statement.Query(clientId);
        var counts = new Dictionary<InteractionState, long>();
        while (reader.Read()) counts.Add((InteractionState)reader.GetInt32(0), reader.GetInt64(1));
        return counts;
    }
}

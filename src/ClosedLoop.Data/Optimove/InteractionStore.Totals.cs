using ClosedLoop.Data.Ids;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>Final sums of closed campaigns.</summary>
public sealed partial class InteractionStore
{
    /// <summary>Adds up what happened to a campaign's messages. A sum that exists is left alone: it is told once.</summary>
    public static void Close(WriteContext context, long clientId, string campaign, int channelId)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute(
            """
            INSERT INTO optimove_total (client_id, campaign, channel_id, template_id, metric_id, label, value, state)
            SELECT client_id, campaign, channel_id, template_id, event_id, MIN(label), COUNT(*), 0 FROM optimove_interaction
            WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 GROUP BY client_id, campaign, channel_id, template_id, event_id
            ON CONFLICT (client_id, campaign, channel_id, template_id, metric_id) DO NOTHING
            """, clientId, campaign, channelId);
    }

    /// <summary>Sums that wait, and how many.</summary>
    public IReadOnlyList<WaitingTotal> WaitingTotals(long clientId, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT campaign, label, channel_id, template_id, metric_id, value FROM optimove_total WHERE client_id = $1 AND state = 0 ORDER BY campaign, channel_id, template_id, metric_id LIMIT $2");
        using var reader = statement.Query(clientId, limit);
        var rows = new List<WaitingTotal>();
        while (reader.Read()) rows.Add(new WaitingTotal(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), (InteractionKind)reader.GetInt32(4), reader.GetInt64(5)));
        return rows;
    }

    /// <summary>Marks sums as being posted, durable when awaited.</summary>
    public Task<long> MarkAsync(long clientId, IReadOnlyList<WaitingTotal> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return writer.WriteAsync(context =>
        {
            var batch = IdSequence.Take(context, OptimoveEventStore.Sequence);
            foreach (var row in rows)
            {
                context.Execute(
                    "UPDATE optimove_total SET state = 1, batch_id = $6 WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND template_id = $4 AND metric_id = $5 AND state = 0",
                    clientId, row.Campaign, row.ChannelId, row.TemplateId, (int)row.Kind, batch);
            }

            return batch;
        });
    }
}

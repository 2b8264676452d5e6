using ClosedLoop.Model;

namespace ClosedLoop.Data.Optimove;

/// <summary>Listeners and templates of ours at Optimove, as far as we know.</summary>
public sealed partial class ConnectorStore
{
    /// <summary>What was found or done about one listener.</summary>
    public Task ListenerAsync(long clientId, ListenerRow listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return writer.WriteAsync(context => context.Execute(
            """
            INSERT INTO optimove_listener (client_id, event_type, channel_id, address, state, reason, registered_at, last_seen_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (client_id, event_type, channel_id, address) DO UPDATE SET state = excluded.state, reason = excluded.reason,
                registered_at = CASE WHEN excluded.registered_at > 0 THEN excluded.registered_at ELSE optimove_listener.registered_at END,
                last_seen_at = CASE WHEN excluded.last_seen_at > 0 THEN excluded.last_seen_at ELSE optimove_listener.last_seen_at END
            """,
            clientId, listener.EventType, listener.ChannelId, listener.Address, listener.State, listener.Reason, listener.RegisteredAt, listener.LastSeenAt));
    }

    public IReadOnlyList<ListenerRow> Listeners(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT event_type, channel_id, address, state, reason, registered_at, last_seen_at FROM optimove_listener WHERE client_id = $1 ORDER BY event_type, channel_id, address");
        using var reader = statement.Query(clientId);
        var rows = new List<ListenerRow>();
        while (reader.Read())
        {
            rows.Add(new ListenerRow(reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetInt64(5), reader.GetInt64(6)));
        }

        return rows;
    }

    /// <summary>Templates of a channel that we have told Optimove of: number and name.</summary>
    public IReadOnlyDictionary<int, string> Templates(long clientId, int channelId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT template_id, name FROM optimove_template WHERE client_id = $1 AND channel_id = $2");
        using var reader = statement.Query(clientId, channelId);
        var templates = new Dictionary<int, string>();
        while (reader.Read()) templates.Add(reader.GetInt32(0), reader.GetString(1));
        return templates;
    }

    /// <summary>Takes templates down as ours. Before they are added: one that a crash left added but not written down would never be removed.</summary>
    public Task OwnTemplatesAsync(long clientId, int channelId, IReadOnlyCollection<(int Id, string Name)> templates)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            foreach (var (id, name) in templates)
            {
                context.Execute(
                    """
                    INSERT INTO optimove_template (client_id, channel_id, template_id, name, recorded) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (client_id, channel_id, template_id) DO UPDATE SET name = excluded.name, recorded = excluded.recorded
                    """, clientId, channelId, id, name, now);
            }
        });
    }

    public Task DisownTemplatesAsync(long clientId, int channelId, IReadOnlyCollection<int> templates) => writer.WriteAsync(context =>
    {
        foreach (var id in templates) context.Execute("DELETE FROM optimove_template WHERE client_id = $1 AND channel_id = $2 AND template_id = $3", clientId, channelId, id);
    });
}

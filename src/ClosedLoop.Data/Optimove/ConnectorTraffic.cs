namespace ClosedLoop.Data.Optimove;

/// <summary>Reads what went over connectors, for looking at.</summary>
public sealed class ConnectorTraffic(Database database)
{
    private const long Hour = 3_600_000_000;

    /// <summary>Hours since a moment (microseconds) in which anything went over a connector, oldest first.</summary>
    public IReadOnlyList<ConnectorHour> Hours(long clientId, long since)
    {
        var hours = new SortedDictionary<long, ConnectorHour>();
        using var connection = database.OpenRead();
        using (var calls = new Statement(connection, $"SELECT received_at / {Hour}, COUNT(*), SUM(CASE WHEN state IN (2, 3) THEN 1 ELSE 0 END) FROM optimove_event WHERE client_id = $1 AND received_at >= $2 GROUP BY 1"))
        using (var reader = calls.Query(clientId, since))
        {
            while (reader.Read()) hours[reader.GetInt64(0)] = new ConnectorHour(reader.GetInt64(0) * Hour, reader.GetInt64(1), reader.GetInt64(2), 0, 0);
        }

        using var batches = new Statement(connection, $"SELECT created_at / {Hour}, SUM(items), SUM(CASE WHEN state IN (3, 5) THEN items ELSE 0 END) FROM optimove_batch WHERE client_id = $1 AND created_at >= $2 GROUP BY 1");
        using var sent = batches.Query(clientId, since);
        while (sent.Read())
        {
            var hour = hours.GetValueOrDefault(sent.GetInt64(0)) ?? new ConnectorHour(sent.GetInt64(0) * Hour, 0, 0, 0, 0);
            hours[sent.GetInt64(0)] = hour with { Out = sent.GetInt64(1), Refused = sent.GetInt64(2) };
        }

        return [.. hours.Values];
    }

    /// <summary>Newest calls first.</summary>
    public IReadOnlyList<ConnectorCall> Calls(long clientId, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT event_id, type, campaign, channel_id, received_at, state, reason, raw FROM optimove_event WHERE client_id = $1 ORDER BY received_at DESC, event_id DESC LIMIT $2");
        using var reader = statement.Query(clientId, limit);
        var calls = new List<ConnectorCall>();
        while (reader.Read())
        {
            calls.Add(new ConnectorCall(
                reader.GetInt64(0), reader.GetInt32(1), reader.GetString(2), reader.GetInt32(3), reader.GetInt64(4), reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetFieldValue<byte[]>(7)));
        }

        return calls;
    }
}

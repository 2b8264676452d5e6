namespace ClosedLoop.Data.Delivery;

/// <summary>Conversations with relays that were written down on demand, of all processes on the database. They are kept for a day.</summary>
public sealed class ConnectionTraceStore(Database database, LedgerWriter writer)
{
    private const long KeptFor = 86_400_000_000;

    private const string Columns = "SELECT trace_id, client_id, actor, reason, ordered_at, until, process, ended, lines FROM connection_trace";

    /// <summary>Orders the next connection of a client to be written down; an order that waits already is replaced.</summary>
    /// <param name="clientId">Whose relay.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">Microseconds.</param>
    /// <param name="until">Microseconds; then the order is over.</param>
    /// <returns>Its number.</returns>
    public Task<long> OrderAsync(long clientId, string actor, string reason, long now, long until) => writer.WriteAsync(context =>
    {
        context.Execute("DELETE FROM connection_trace WHERE client_id = $1 AND process IS NULL", clientId);
        return context.Scalar(
            "INSERT INTO connection_trace (client_id, actor, reason, ordered_at, until) VALUES ($1, $2, $3, $4, $5) RETURNING trace_id", clientId, actor, reason, now, until);
    });

    /// <summary>Orders that no process has taken yet.</summary>
    public IReadOnlyList<ConnectionTrace> Waiting(long now) => Read(Columns + " WHERE process IS NULL AND until > $1 ORDER BY trace_id", now);

    /// <summary>Those of the last day, newest first.</summary>
    public IReadOnlyList<ConnectionTrace> Lately(long now) => Read(Columns + " WHERE ordered_at > $1 ORDER BY trace_id DESC", now - KeptFor);

    /// <summary>Stores what was written down so far.</summary>
    /// <returns>False when another process was first, or the order is gone: its connection is the one to be seen.</returns>
    public Task<bool> WriteAsync(long traceId, string process, string lines, bool hasEnded) => writer.WriteAsync(context =>
        context.Execute("UPDATE connection_trace SET process = $2, lines = $3, ended = $4 WHERE trace_id = $1 AND (process IS NULL OR process = $2)", traceId, process, lines, hasEnded ? 1L : 0L) == 1);

    /// <summary>Removes those that are older than a day.</summary>
    public Task PruneAsync(long now) => writer.WriteAsync(context => context.Execute("DELETE FROM connection_trace WHERE ordered_at < $1", now - KeptFor));

    private List<ConnectionTrace> Read(string sql, long argument)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(argument);
        var traces = new List<ConnectionTrace>();
        while (reader.Read())
        {
            traces.Add(new ConnectionTrace(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt64(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetInt64(7) != 0,
                reader.GetString(8)));
        }

        return traces;
    }
}

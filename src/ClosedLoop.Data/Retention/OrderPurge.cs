namespace ClosedLoop.Data.Retention;

/// <summary>
/// Gives up operations of XML Delivery past their retention, with everything that is known of them but the rows of user databases (those are the client's) and the
/// filters over them, and pages on the web. What an operator may still act on stays: drafts, deliveries that wait, statistics that are due.
/// </summary>
public sealed class OrderPurge(Database database, LedgerWriter writer)
{
    /// <summary>Operations, or rows of other tables, that one transaction removes.</summary>
    public const int PerTransaction = 200;

    /// <summary>A delivery that somebody may still ask for: not given up, or its mailing is still whole, or its statistics are to come.</summary>
    private const string Alive =
        """
        (d.state IN (0, 1, 2, 3) OR (d.state = 4 AND (EXISTS (SELECT 1 FROM mailing m WHERE m.mailing_id = d.delivery_id AND m.purged < 2) OR (d.report_hours IS NOT NULL AND d.reported = 0))))
        """;

    private static readonly string[] Parts = ["operation_problem", "operation_transition", "operation"];

    /// <summary>Removes operations that ended before a moment (microseconds).</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveOperationsAsync(long clientId, long endedBefore, CancellationToken cancellation)
    {
        var sum = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var due = Ids(
                $"""
                SELECT o.operation_id FROM operation o WHERE o.client_id = $1 AND o.closed = 1 AND o.ended_at < $2
                    AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.operation_id IN (o.operation_id, -o.operation_id) AND {Alive})
                ORDER BY o.operation_id LIMIT $3
                """, clientId, endedBefore, PerTransaction);
            if (due.Count == 0) return sum;
            await writer.WriteAsync(context =>
            {
                foreach (var id in due) Remove(context, id);
            }).ConfigureAwait(false);
            sum += due.Count;
        }
    }

    /// <summary>Removes pages that were published before a moment (microseconds), unless a delivery that has not started, or did so after it, names them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemovePagesAsync(long clientId, long before, CancellationToken cancellation)
    {
        var sum = 0;
        int removed;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            removed = await writer.WriteAsync(context => context.Execute(
                """
                DELETE FROM web_page WHERE token IN (SELECT w.token FROM web_page w WHERE w.client_id = $1 AND w.created_at < $2
                    AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.web_token = w.token AND (d.state IN (0, 1, 2, 3) OR d.started_at >= $2)) LIMIT $3)
                """, clientId, before, PerTransaction)).ConfigureAwait(false);
            sum += removed;
        }
        while (removed > 0);
        return sum;
    }

    private static void Remove(WriteContext context, long operationId)
    {
        context.Execute("DELETE FROM delivery_note WHERE delivery_id IN (SELECT delivery_id FROM delivery WHERE operation_id IN ($1, $2))", operationId, -operationId);
        context.Execute("DELETE FROM delivery WHERE operation_id IN ($1, $2)", operationId, -operationId);
        foreach (var table in Parts) context.Execute($"DELETE FROM {table} WHERE operation_id = $1", operationId);
    }

    private List<long> Ids(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Numbers(arguments);
    }
}

namespace ClosedLoop.Data.Delivery;

/// <summary>Held lanes, kept over restarts.</summary>
public sealed class LaneStore(Database database, LedgerWriter writer)
{
    /// <summary>Every hold on record, also those that are over: their count of failures still says how long the next one is.</summary>
    public IReadOnlyList<LaneHold> All()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT name, until, failures, reason, by_operator FROM lane ORDER BY name");
        using var reader = statement.Query();
        var holds = new List<LaneHold>();
        while (reader.Read())
        {
            holds.Add(new LaneHold(reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetInt64(4) != 0));
        }

        return holds;
    }

    /// <summary>Replaces what is on record for these lanes; a lane without failures is forgotten.</summary>
    public Task SaveAsync(IReadOnlyList<LaneHold> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        return writer.WriteAsync(context =>
        {
            foreach (var hold in holds)
            {
                if (hold.Failures == 0 && !hold.ByOperator)
                {
                    context.Execute("DELETE FROM lane WHERE name = $1", hold.Name);
                    continue;
                }

                context.Execute(
                    """
                    INSERT INTO lane (name, until, failures, reason, by_operator) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (name) DO UPDATE SET until = excluded.until, failures = excluded.failures, reason = excluded.reason, by_operator = excluded.by_operator
                    """, hold.Name, hold.Until, hold.Failures, hold.Reason, hold.ByOperator ? 1 : 0);
            }
        });
    }
}

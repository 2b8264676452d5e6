namespace ClosedLoop.Data.Delivery;

/// <summary>Rates set for a time, kept over restarts and told to every silo.</summary>
public sealed class LaneLimitStore(Database database, LedgerWriter writer)
{
    private const double Thousandths = 1_000;

    /// <summary>All on record, also those whose time is over.</summary>
    public IReadOnlyList<LaneLimit> All()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT name, per_kilosecond, until, reason, set_by FROM lane_limit ORDER BY name");
        using var reader = statement.Query();
        var limits = new List<LaneLimit>();
        while (reader.Read()) limits.Add(new LaneLimit(reader.GetString(0), reader.GetInt64(1) / Thousandths, reader.GetInt64(2), reader.GetString(3), reader.GetString(4)));
        return limits;
    }

    /// <summary>Replaces what is on record for the lane.</summary>
    /// <param name="limit">The new rate.</param>
    /// <param name="now">Microseconds; limits that were over by then are forgotten.</param>
    public Task SetAsync(LaneLimit limit, long now)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return writer.WriteAsync(context =>
        {
            context.Execute("DELETE FROM lane_limit WHERE until <= $1 OR name = $2", now, limit.Name);
            context.Execute("INSERT INTO lane_limit (name, per_kilosecond, until, reason, set_by) VALUES ($1, $2, $3, $4, $5)",
                limit.Name, (long)Math.Round(limit.PerSecond * Thousandths), limit.Until, limit.Reason, limit.SetBy);
        });
    }

    /// <returns>False when none was on record.</returns>
    public Task<bool> RemoveAsync(string name) => writer.WriteAsync(context => context.Execute("DELETE FROM lane_limit WHERE name = $1", name) == 1);
}

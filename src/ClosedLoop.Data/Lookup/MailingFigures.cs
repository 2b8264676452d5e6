namespace ClosedLoop.Data.Lookup;

/// <summary>Keeps the sums of mailings that have ended: their recipients do not change any more, unless they are opened again.</summary>
public sealed class MailingFigures(Database database, LedgerWriter writer)
{
    /// <summary>Mailings looked at in one go: behind one that has somebody claimed still, others are counted.</summary>
    private const int Most = 20;

    /// <summary>Counts mailings that ended and were not counted since.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CatchUpAsync()
    {
        var counted = 0;
        foreach (var (mailing, ended) in Uncounted())
        {
            var totals = Totals(mailing);

            // A cancelled mailing may have somebody claimed whose outcome is still to come: counted again later, by and by.
            if (totals.Count == 0 || totals.Exists(total => total.State <= 1)) continue;
            counted++;
            await writer.WriteAsync(context =>
            {
                context.Execute("DELETE FROM mailing_figure WHERE mailing_id = $1", mailing);
                foreach (var (state, recipients) in totals)
                    context.Execute("INSERT INTO mailing_figure (mailing_id, state, recipients, finished_recorded) VALUES ($1, $2, $3, $4)", mailing, state, recipients, ended);
            }).ConfigureAwait(false);
        }

        return counted;
    }

    private List<(long Mailing, long Ended)> Uncounted()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT m.mailing_id, m.finished_recorded FROM mailing m
            WHERE m.state IN (5, 6) AND m.purged = 0 AND m.finished_recorded IS NOT NULL AND m.accepted > 0
                AND NOT EXISTS (SELECT 1 FROM mailing_figure f WHERE f.mailing_id = m.mailing_id AND f.finished_recorded = m.finished_recorded)
            ORDER BY m.mailing_id DESC LIMIT $1
            """);
        using var reader = statement.Query(Most);
        var mailings = new List<(long, long)>();
        while (reader.Read()) mailings.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return mailings;
    }

    private List<(long State, long Recipients)> Totals(long mailing)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT state, COUNT(*) FROM ledger WHERE mailing_id = $1 GROUP BY state");
        using var reader = statement.Query(mailing);
        var totals = new List<(long, long)>();
        while (reader.Read()) totals.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return totals;
    }
}

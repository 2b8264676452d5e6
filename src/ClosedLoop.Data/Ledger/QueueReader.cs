namespace ClosedLoop.Data.Ledger;

/// <summary>How much is still to be sent, and since when. Counted in the database, so it is asked seldom.</summary>
public sealed class QueueReader(Database database)
{
    /// <summary>Waiting and claimed recipients of mailings that are being sent, and the moment (microseconds) since when the oldest of them could have been sent; null when nobody waits.</summary>
    public (long Waiting, long Sending, long? Oldest) Read()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT COALESCE(SUM(CASE WHEN l.state = 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN l.state = 1 THEN 1 ELSE 0 END), 0), MIN(COALESCE(m.resent_at, m.started_at))
            FROM mailing m JOIN ledger l ON l.mailing_id = m.mailing_id WHERE m.state = $1 AND l.state IN (0, 1)
            """);
        using var reader = statement.Query((int)Model.Mailings.MailingState.Sending);
        return reader.Read() ? (Convert.ToInt64(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), Convert.ToInt64(reader.GetValue(1), System.Globalization.CultureInfo.InvariantCulture), reader.IsDBNull(2) ? null : reader.GetInt64(2)) : (0, 0, null);
    }
}

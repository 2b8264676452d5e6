using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Alarms;

/// <summary>What the watchdog must know of the ledger.</summary>
public sealed class PulseReader(Database database, MailingStore mailings)
{
    /// <summary>More claimed recipients than any in-doubt window holds.</summary>
    private const int MostClaimed = 4096;

    /// <summary>Every mailing that is neither finished nor cancelled.</summary>
    /// <param name="now">Microseconds.</param>
    public IReadOnlyList<MailingPulse> Open(long now)
    {
        MailingState[] open = [MailingState.Prepared, MailingState.Queued, MailingState.Sending, MailingState.Paused];
        return [.. open.SelectMany(mailings.InState).OrderBy(row => row.MailingId).Select(row => Of(row, now))];
    }

    /// <summary>Another copy of the source that goes first, as the start of mailings decides it; 0 for none.</summary>
    public long CopyBefore(MailingRow mailing, long now)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT MIN(mailing_id) FROM mailing WHERE source_id = $1 AND mailing_id <> $2 AND mode = 0 AND (state = 3
                OR (state = 4 AND (started_at IS NOT NULL OR mailing_id < $2) AND (start_at IS NULL OR start_at <= $3))
                OR (state = 2 AND mailing_id < $2 AND (start_at IS NULL OR start_at <= $3)))
            """);
        return statement.Scalar(mailing.SourceId, mailing.MailingId, now);
    }

    /// <summary>Mail to people that is due and waits since before a moment (microseconds): how many, and what was said last.</summary>
    public (long Count, string? Reason) NoticesBefore(long moment)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT COUNT(*), MAX(reason) FROM notice WHERE state = 0 AND created_at < $1");
        using var reader = statement.Query(moment);
        reader.Read();
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1));
    }

    private MailingPulse Of(MailingRow row, long now)
    {
        using var connection = database.OpenRead();
        using var sums = new Statement(connection,
            """
            SELECT COALESCE(SUM(CASE WHEN state = 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN state = 0 AND due_at <= $2 THEN 1 ELSE 0 END), 0),
                MIN(CASE WHEN state = 0 AND due_at > 1 AND due_at <= $2 THEN due_at END), COALESCE(SUM(CASE WHEN state > 1 THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(attempt), 0), COALESCE(MIN(CASE WHEN state = 0 AND due_at <= $2 THEN sequence END), -1)
            FROM ledger WHERE mailing_id = $1
            """);
        using var reader = sums.Query(row.MailingId, now);
        reader.Read();
        return new MailingPulse
        {
            Mailing = row,
            Waiting = reader.GetInt64(0),
            Ready = reader.GetInt64(1),
            OldestDue = reader.IsDBNull(2) ? null : reader.GetInt64(2),
            Settled = reader.GetInt64(3),
            Attempts = reader.GetInt64(4),
            FirstReady = reader.GetInt32(5),
            Claimed = row.State == MailingState.Sending ? Claimed(row.MailingId) : [],
        };
    }

    private List<(int Sequence, int Attempt)> Claimed(long mailingId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT sequence, attempt FROM ledger WHERE mailing_id = $1 AND state = 1 ORDER BY sequence LIMIT $2");
        using var reader = statement.Query(mailingId, MostClaimed);
        var claimed = new List<(int, int)>();
        while (reader.Read()) claimed.Add((reader.GetInt32(0), reader.GetInt32(1)));
        return claimed;
    }
}

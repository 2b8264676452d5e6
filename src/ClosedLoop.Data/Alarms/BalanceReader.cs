using System.Globalization;

namespace ClosedLoop.Data.Alarms;

/// <summary>
/// Whether the numbers of mailings and files add up: accepted = waiting + sending + sent + failed + suppressed + unknown + cancelled, and
/// records = imported + skipped. Each thing is counted in one statement, so that a mailing in the middle of its sending is seen at one moment.
/// </summary>
public sealed class BalanceReader(Database database)
{
    /// <summary>Mailings that are being sent, or were made, started or ended after a stamp.</summary>
    public IReadOnlyList<long> MailingsMoved(long since) => Ids(
        "SELECT mailing_id FROM mailing WHERE state <> 0 AND (state = 3 OR created_at > $1 OR started_recorded > $1 OR finished_recorded > $1) ORDER BY mailing_id", since);

    /// <summary>The next mailings by number, for a slow walk over all.</summary>
    public IReadOnlyList<long> MailingsAfter(long mailingId, int limit) =>
        Ids("SELECT mailing_id FROM mailing WHERE state <> 0 AND mailing_id > $1 ORDER BY mailing_id LIMIT $2", mailingId, limit);

    /// <summary>Files whose state changed after a stamp.</summary>
    public IReadOnlyList<long> FilesMoved(long since) => Ids("SELECT file_id FROM inbound_file WHERE recorded > $1 ORDER BY file_id", since);

    /// <summary>The next files by number.</summary>
    public IReadOnlyList<long> FilesAfter(long fileId, int limit) => Ids("SELECT file_id FROM inbound_file WHERE file_id > $1 ORDER BY file_id LIMIT $2", fileId, limit);

    /// <summary>What is wrong with a mailing's numbers, or <c>null</c>.</summary>
    public Alarm? CheckMailing(long mailingId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT -1, accepted, client_id, state FROM mailing WHERE mailing_id = $1
            UNION ALL
            SELECT state, recipients, 0, 0 FROM mailing_total WHERE mailing_id = $1
            UNION ALL
            SELECT state, COUNT(*), 0, 0 FROM ledger WHERE mailing_id = $1 AND NOT EXISTS (SELECT 1 FROM mailing_total WHERE mailing_id = $1) GROUP BY state
            """);
        using var reader = statement.Query(mailingId);
        var (accepted, client, state, sum, open) = (0L, 0L, 0, 0L, 0L);
        while (reader.Read())
        {
            if (reader.GetInt32(0) < 0)
            {
                (accepted, client, state) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3));
                continue;
            }

            sum += reader.GetInt64(1);
            if (reader.GetInt32(0) is 0 or 1) open += reader.GetInt64(1);
        }

        var subject = string.Create(CultureInfo.InvariantCulture, $"mailing/{mailingId}");
        if (sum != accepted)
        {
            return new Alarm(subject, "balance", client, string.Create(CultureInfo.InvariantCulture,
                $"CL3201: the numbers of mailing {mailingId} do not add up: accepted {accepted}, the states together {sum}, {Math.Abs(accepted - sum)} {(sum < accepted ? "missing" : "too many")}"));
        }

        return state == 5 && open > 0
            ? new Alarm(subject, "finished-open", client, string.Create(CultureInfo.InvariantCulture, $"CL3202: mailing {mailingId} is finished with {open} recipients who have no outcome"))
            : null;
    }

    /// <summary>What is wrong with a file's numbers, or <c>null</c>. Only of files that were imported: of the others nothing was taken over.</summary>
    public Alarm? CheckFile(long fileId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT f.client_id, f.name, f.records, f.imported, f.skipped, COUNT(m.mailing_id), COALESCE(SUM(m.accepted), 0),
                (SELECT COUNT(*) FROM file_group g WHERE g.file_id = $1)
            FROM inbound_file f LEFT JOIN mailing m ON m.file_id = f.file_id AND m.state <> 0
            WHERE f.file_id = $1 AND f.state IN (2, 3, 4, 5, 7) GROUP BY f.client_id, f.name, f.records, f.imported, f.skipped
            """);
        using var reader = statement.Query(fileId);

        // A product file has neither groups nor mailings; of its rows those in force count, of which each id is one.
        if (!reader.Read() || reader.GetInt64(5) + reader.GetInt64(7) == 0) return null;
        var (records, imported, skipped) = (reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
        var subject = string.Create(CultureInfo.InvariantCulture, $"file/{fileId}");
        if (records != imported + skipped)
        {
            return new Alarm(subject, "balance", reader.GetInt64(0), string.Create(CultureInfo.InvariantCulture,
                $"CL3203: the numbers of file {fileId} ({reader.GetString(1)}) do not add up: {records} records, {imported} imported and {skipped} skipped"));
        }

        return reader.GetInt64(6) != imported
            ? new Alarm(subject, "mailings", reader.GetInt64(0), string.Create(CultureInfo.InvariantCulture,
                $"CL3204: file {fileId} ({reader.GetString(1)}) has {imported} imported records, its mailings accepted {reader.GetInt64(6)}"))
            : null;
    }

    private List<long> Ids(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Numbers(arguments);
    }
}

using System.Data.Common;

namespace ClosedLoop.Data.Proof;

/// <summary>Reads what a proof says of one mailing, all of it as it was at one moment.</summary>
public sealed class ProofReader : IDisposable
{
    private readonly ReadSnapshot _snapshot;

    public ProofReader(Database database) => _snapshot = ReadSnapshot.Open(database);

    public ProofMailing? Mailing(long mailingId) => Rows(
        """
        SELECT mailing_id, name, state, client_id, client_version, source_id, source_version, wave_id, file_id, content_hash, recipient_base, accepted,
            created_at, started_at, finished_at, resends, test, purged_at
        FROM mailing WHERE mailing_id = $1 AND state <> 0
        """,
        reader => new ProofMailing
        {
            MailingId = reader.GetInt64(0),
            Name = reader.GetString(1),
            State = reader.GetInt32(2),
            ClientId = reader.GetInt64(3),
            ClientVersion = reader.GetInt32(4),
            SourceId = reader.GetInt64(5),
            SourceVersion = reader.GetInt32(6),
            WaveId = Number(reader, 7),
            FileId = reader.GetInt64(8),
            ContentHash = Text(reader, 9),
            RecipientBase = reader.GetInt64(10),
            Accepted = reader.GetInt64(11),
            CreatedAt = reader.GetInt64(12),
            StartedAt = Number(reader, 13),
            FinishedAt = Number(reader, 14),
            Resends = reader.GetInt32(15),
            Test = reader.GetInt64(16) != 0,
            PurgedAt = Number(reader, 17),
        },
        mailingId).FirstOrDefault();

    public ProofFile? File(long fileId)
    {
        var mailings = Rows("SELECT mailing_id, accepted FROM mailing WHERE file_id = $1 AND state <> 0 ORDER BY mailing_id", reader => (reader.GetInt64(0), reader.GetInt64(1)), fileId).ToList();
        var found = Rows(
            "SELECT code, COUNT(DISTINCT record) FROM file_problem WHERE file_id = $1 AND record > 0 GROUP BY code ORDER BY code", reader => (reader.GetString(0), reader.GetInt64(1)), fileId).ToList();
        return Rows(
            "SELECT name, sha256, size, records, imported, skipped FROM inbound_file WHERE file_id = $1",
            reader => new ProofFile(fileId, reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), mailings, found),
            fileId).FirstOrDefault();
    }

    /// <summary>Recipients in each of the seven states.</summary>
    public IReadOnlyList<long> Counts(long mailingId)
    {
        var counts = new long[7];
        foreach (var (state, recipients) in Rows(
            """
            SELECT state, recipients FROM mailing_total WHERE mailing_id = $1
            UNION ALL
            SELECT state, COUNT(*) FROM ledger WHERE mailing_id = $1 AND NOT EXISTS (SELECT 1 FROM mailing_total WHERE mailing_id = $1) GROUP BY state
            """, reader => (reader.GetInt32(0), reader.GetInt64(1)), mailingId)) counts[state] += recipients;
        return counts;
    }

    /// <summary>Export runs of the client in whose period the mailing started, ended or was opened again, oldest first.</summary>
    public IReadOnlyList<ProofExport> Exports(ProofMailing mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        return [.. Rows(
            """
            SELECT e.run_id, e.label, e.cut_from, e.cut_to, e.published FROM export_run e JOIN mailing m ON m.mailing_id = $1
            WHERE e.scope = $2 AND ((m.started_recorded > e.cut_from AND m.started_recorded <= e.cut_to) OR (m.finished_recorded > e.cut_from AND m.finished_recorded <= e.cut_to)
                OR EXISTS (SELECT 1 FROM mailing_past p WHERE p.mailing_id = $1
                    AND ((p.finished_recorded > e.cut_from AND p.finished_recorded <= e.cut_to) OR (p.reopened > e.cut_from AND p.reopened <= e.cut_to))))
            ORDER BY e.cut_to
            """,
            reader => new ProofExport(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt32(4) == 1),
            mailing.MailingId, mailing.ClientId.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>Every recipient in order; none of a mailing past its retention.</summary>
    public IEnumerable<ProofEntry> Entries(ProofMailing mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        if (mailing.PurgedAt is not null) yield break;
        var past = Past(mailing.MailingId);
        foreach (var entry in Rows(
            """
            SELECT l.sequence, r.address, l.state, l.attempt, l.done_at, l.recorded, l.reply_code, l.reason
            FROM ledger l LEFT JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
            WHERE l.mailing_id = $1 ORDER BY l.sequence
            """,
            reader => new ProofEntry(
                reader.GetInt32(0), Text(reader, 1), reader.GetInt32(2), reader.GetInt32(3), Number(reader, 4), Number(reader, 5), (int?)Number(reader, 6), Text(reader, 7), []),
            mailing.MailingId)) yield return past.TryGetValue(entry.Sequence, out var earlier) ? entry with { Past = earlier } : entry;
    }

    public void Dispose() => _snapshot.Dispose();

    private Dictionary<int, List<ProofPast>> Past(long mailingId) => Rows(
        "SELECT sequence, state, done_at, recorded, reply_code, reason, taken_back, given_back FROM ledger_past WHERE mailing_id = $1 ORDER BY sequence, recorded",
        reader => (Sequence: reader.GetInt32(0), Past: new ProofPast(
            reader.GetInt32(1), Number(reader, 2), reader.GetInt64(3), (int?)Number(reader, 4), Text(reader, 5), Number(reader, 6), Number(reader, 7))),
        mailingId).GroupBy(row => row.Sequence).ToDictionary(rows => rows.Key, rows => rows.Select(row => row.Past).ToList());

    private IEnumerable<T> Rows<T>(string sql, Func<DbDataReader, T> read, params object?[] arguments)
    {
        using var statement = new Statement(_snapshot.Connection, sql);
        using var reader = statement.Query(arguments);
        while (reader.Read()) yield return read(reader);
    }

    private static long? Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

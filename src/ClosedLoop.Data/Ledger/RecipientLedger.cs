using System.Globalization;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Ledger;

/// <summary>
/// One row per recipient and mailing: waiting, claimed, and what became of it. Batches read ahead, claim durably before
/// the message goes out and record after the reply; every step is guarded by the state it expects, so that doing it
/// twice does nothing the second time.
/// </summary>
public sealed partial class RecipientLedger(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Recipients written by one transaction of an import: long enough to be fast, short enough not to hold up a claim.</summary>
    public const int ImportBlock = 10_000;

    /// <summary>Waiting recipients of a slice whose time has come, in order.</summary>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="clientId">Whose suppression list and counters apply.</param>
    /// <param name="from">First sequence of the slice.</param>
    /// <param name="to">End of the slice, exclusive.</param>
    /// <param name="now">Microseconds; rows due later are left out.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="bounces">From how many bounces on an address gets no more mail.</param>
    public IReadOnlyList<DueRecipient> ReadDue(long mailingId, long clientId, int from, int to, long now, int limit, BounceSettings bounces)
    {
        ArgumentNullException.ThrowIfNull(bounces);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT l.sequence, r.address, r.fields, l.attempt,
                (SELECT MIN(s.kind) FROM suppression s WHERE s.client_id = $2 AND s.address = lower(r.address)),
                c.hard, c.soft, l.due_at
            FROM ledger l JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
            LEFT JOIN bounce_counter c ON c.client_id = $2 AND c.address = lower(r.address)
            WHERE l.mailing_id = $1 AND l.sequence >= $3 AND l.sequence < $4 AND l.state = 0 AND l.due_at <= $5
            ORDER BY l.sequence LIMIT $6
            """);
        using var reader = statement.Query(mailingId, clientId, from, to, now, limit);
        var rows = new List<DueRecipient>();
        while (reader.Read())
        {
            var (hard, soft) = reader.IsDBNull(5) ? (0, 0) : (reader.GetInt32(5), reader.GetInt32(6));
            rows.Add(new DueRecipient
            {
                Sequence = reader.GetInt32(0),
                Address = reader.GetString(1),
                Fields = reader.GetFieldValue<byte[]>(2),
                Attempt = reader.GetInt32(3),
                DueAt = reader.GetInt64(7),
                SuppressedBy = Describe(
                    reader.IsDBNull(4) ? null : (SuppressionKind)reader.GetInt32(4),
                    hard >= bounces.HardLimit || soft >= bounces.SoftLimit ? string.Create(CultureInfo.InvariantCulture, $"{hard}/{soft}") : null),
                HasSoftBounces = soft > 0,
            });
        }

        return rows;
    }

    /// <summary>Earliest time at which a waiting recipient of the slice is due, or <c>null</c> when nobody waits.</summary>
    public long? NextDue(long mailingId, int from, int to)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT MIN(due_at) FROM ledger WHERE mailing_id = $1 AND sequence >= $2 AND sequence < $3 AND state = 0");
        using var reader = statement.Query(mailingId, from, to);
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetInt64(0) : null;
    }

    /// <summary>Slices (of <paramref name="size"/> recipients) that still have somebody waiting or claimed.</summary>
    public IReadOnlyList<int> OpenSlices(long mailingId, int size) => Slices(
        "SELECT DISTINCT sequence / $2 FROM ledger WHERE mailing_id = $1 AND state IN (0, 1) ORDER BY 1", mailingId, size);

    /// <summary>Slices that have somebody claimed: being sent right now, or left so by a crash.</summary>
    public IReadOnlyList<int> ClaimedSlices(long mailingId, int size) => Slices(
        "SELECT DISTINCT sequence / $2 FROM ledger WHERE mailing_id = $1 AND state = 1 ORDER BY 1", mailingId, size);

    public LedgerCounts Count(long mailingId)
    {
        using var connection = database.OpenRead();

        // Of a mailing past its retention only the sums are left, or are to be.
        return Count(connection,
            """
            SELECT state, recipients FROM mailing_total WHERE mailing_id = $1
            UNION ALL
            SELECT state, COUNT(*) FROM ledger WHERE mailing_id = $1 AND NOT EXISTS (SELECT 1 FROM mailing_total WHERE mailing_id = $1) GROUP BY state
            """, mailingId);
    }

    /// <summary>Why recipients of a mailing wait for a later time, most frequent reason first.</summary>
    public IReadOnlyList<Delay> Delays(long mailingId, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT COALESCE(reason, ''), COUNT(*), MIN(due_at), MAX(due_at) FROM ledger
            WHERE mailing_id = $1 AND state = 0 AND due_at > 0 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $2
            """);
        using var reader = statement.Query(mailingId, limit);
        var delays = new List<Delay>();
        while (reader.Read()) delays.Add(new Delay(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        return delays;
    }

    private static LedgerCounts Count(System.Data.Common.DbConnection connection, string sql, params ReadOnlySpan<object?> arguments)
    {
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        Span<long> counts = stackalloc long[7];
        while (reader.Read()) counts[reader.GetInt32(0)] = reader.GetInt64(1);
        return new LedgerCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
    }

    private List<int> Slices(string sql, long mailingId, int size)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(mailingId, size);
        var slices = new List<int>();
        while (reader.Read()) slices.Add(reader.GetInt32(0));
        return slices;
    }

    private static string? Describe(SuppressionKind? kind, string? bounces) => kind switch
    {
        SuppressionKind.Blocked => "W207 on the blocklist",
        SuppressionKind.Unsubscribed => "W208 unsubscribed",
        _ => bounces is null ? null : $"W209 bounce limit reached (hard/soft {bounces})",
    };

    private long Now() => time.NowMicroseconds();
}

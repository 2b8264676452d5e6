using ClosedLoop.Data.Inbound;
using ClosedLoop.Model;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Operations.Reading;

/// <summary>What came back.</summary>
internal sealed class ResponsesReader(Tables tables, InboundStore inbound, TimeProvider time)
{
    private const long Day = 86_400_000_000;

    /// <summary>Categories by day, newest day last.</summary>
    public IReadOnlyList<DayCounts> Days(long? clientId, int days)
    {
        var today = time.NowMicroseconds() / Day;
        var first = today - days + 1;
        var rows = tables.Read(
            "SELECT recorded / $1, category, COUNT(*) FROM response WHERE recorded >= $2 AND overruled IS NULL AND ($3 < 0 OR client_id = $3) GROUP BY 1, 2",
            reader => (Day: reader.GetInt64(0), Category: (ResponseCategory)reader.GetInt32(1), Count: reader.GetInt64(2)), Day, first * Day, clientId ?? -1);
        return [.. Enumerable.Range(0, days).Select(i => first + i).Select(day => new DayCounts(
            day * Day, rows.Where(row => row.Day == day).ToDictionary(row => row.Category, row => row.Count)))];
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ResponseLine> Latest(long? clientId, int limit, int skipped = 0) => tables.Read(
        """
        SELECT p.occurred_at, p.category, p.origin, p.detail, p.mailing_id, p.sequence, p.ordinal, COALESCE(r.address, ''),
            (SELECT MAX(i.mail_id) FROM inbound_mail i WHERE i.mailing_id = p.mailing_id AND i.sequence = p.sequence AND i.received_at = p.occurred_at AND i.path IS NOT NULL)
        FROM response p
        LEFT JOIN recipient r ON r.mailing_id = p.mailing_id AND r.sequence = p.sequence
        WHERE ($1 < 0 OR p.client_id = $1) AND p.overruled IS NULL ORDER BY p.recorded DESC, p.mailing_id, p.sequence, p.ordinal DESC LIMIT $2 OFFSET $3
        """,
        reader => new ResponseLine(reader.GetInt64(0), (ResponseCategory)reader.GetInt32(1), reader.GetString(2), reader.Text(3), reader.GetInt64(4), reader.GetInt32(5), reader.GetInt32(6), reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetInt64(8)),
        clientId ?? -1, limit, skipped);

    /// <summary>Mails that belong to no known message.</summary>
    public IReadOnlyList<InboundMail> Unmatched(int limit) => inbound.Unmatched(limit);
}

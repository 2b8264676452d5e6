using System.Globalization;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Operations.Reading;

/// <summary>What happened to one mailing.</summary>
internal sealed class MailingDetailReader(Tables tables, ExportsReader exports, Figures figures, TimeProvider time)
{
    /// <summary>Stretches of the curve.</summary>
    private const int Points = 48;

    public async Task<MailingDetail> ReadAsync(MailingRow row)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{row.MailingId}/{row.State}/{row.Resends}");
        var funnel = figures.GetAsync("funnel/" + key, () => FunnelOf(row.MailingId), MailingsReader.Patience);
        var domains = figures.GetAsync("domains/" + key, () => Domains(row.MailingId), MailingsReader.Patience);
        var reasons = figures.GetAsync("reasons/" + key, () => Reasons(row.MailingId), MailingsReader.Patience);
        var progress = figures.GetAsync("progress/" + key, () => Progress(row), MailingsReader.Patience);
        var links = figures.GetAsync("links/" + key, () => Links(row.MailingId), MailingsReader.Patience);
        await Task.WhenAll(funnel, domains, reasons, progress, links);
        var isCounting = (await funnel).Value is null || (await domains).Value is null || (await reasons).Value is null || (await progress).Value is null;
        return new MailingDetail(
            (await funnel).Value ?? new Funnel(0, 0, 0, 0, 0, 0, 0), (await domains).Value, (await links).Value ?? [], (await reasons).Value, (await progress).Value ?? [],
            Responses(row.MailingId), exports.Between(row.ClientId, row.StartedRecorded ?? row.CreatedAt, row.FinishedRecorded ?? time.NowMicroseconds(), 10), isCounting);
    }

    private Funnel FunnelOf(long mailingId)
    {
        var rows = tables.Read(
            "SELECT kind, automated, COUNT(*), COUNT(DISTINCT sequence) FROM event WHERE mailing_id = $1 GROUP BY kind, automated",
            reader => (Kind: reader.GetInt32(0), Automated: reader.GetInt64(1) != 0, Events: reader.GetInt64(2), People: reader.GetInt64(3)), mailingId);
        var byMachineOnly = tables.Number(
            """
            SELECT COUNT(DISTINCT e.sequence) FROM event e WHERE e.mailing_id = $1 AND e.kind = 1 AND e.automated = 1
                AND NOT EXISTS (SELECT 1 FROM event o WHERE o.mailing_id = $1 AND o.sequence = e.sequence AND o.kind = 1 AND o.automated = 0)
            """, mailingId);
        (long Events, long People) Of(int kind, bool? automated) => rows.Where(row => row.Kind == kind && (automated is null || row.Automated == automated))
            .Aggregate((0L, 0L), (sum, row) => (sum.Item1 + row.Events, sum.Item2 + row.People));
        return new Funnel(Of(1, false).People, byMachineOnly, Of(2, null).People, Of(3, null).People, Of(1, false).Events, Of(1, true).Events, Of(2, null).Events);
    }

    private List<DomainLine> Domains(long mailingId) => tables.Read(
        $"""
        SELECT lower({tables.DomainOf("r.address")}), COUNT(*), SUM(CASE WHEN l.state = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN l.state = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN l.state <= 1 THEN 1 ELSE 0 END)
        FROM ledger l JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
        WHERE l.mailing_id = $1 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 15
        """,
        reader => new DomainLine(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)), mailingId);

    private List<ReasonLine> Reasons(long mailingId) => tables.Read(
        "SELECT state, COALESCE(reason, ''), COUNT(*), MIN(sequence) FROM ledger WHERE mailing_id = $1 AND state <> 2 AND (state > 1 OR reason IS NOT NULL) GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT 20",
        reader => new ReasonLine(reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)), mailingId);

    private List<LinkLine> Links(long mailingId) => tables.Read(
        "SELECT link_ordinal, COUNT(*), COUNT(DISTINCT sequence) FROM event WHERE mailing_id = $1 AND kind = 2 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20",
        reader => new LinkLine(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2)), mailingId);

    private List<NamedCount> Responses(long mailingId) => tables.Read(
        "SELECT category, COUNT(*) FROM response WHERE mailing_id = $1 AND overruled IS NULL GROUP BY 1 ORDER BY 2 DESC",
        reader => new NamedCount(Wording.Category((ResponseCategory)reader.GetInt32(0)), reader.GetInt64(1)), mailingId);

    private List<FlowPoint> Progress(MailingRow row)
    {
        if (row.StartedAt is not { } start) return [];
        var end = tables.Number("SELECT MAX(done_at) FROM ledger WHERE mailing_id = $1", row.MailingId);
        if (end < start) return [];
        var width = Math.Max(1_000_000, (end - start + Points) / Points);
        return tables.Read(
            """
            SELECT (done_at - $2) / $3, SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN state = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN state > 3 THEN 1 ELSE 0 END)
            FROM ledger WHERE mailing_id = $1 AND done_at >= $2 AND state >= 2 GROUP BY 1 ORDER BY 1
            """,
            reader => new FlowPoint(start + (reader.GetInt64(0) * width), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)), row.MailingId, start, width);
    }
}

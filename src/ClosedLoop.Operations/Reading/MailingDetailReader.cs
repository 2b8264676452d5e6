using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Responses;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Operations.Reading;

/// <summary>What happened to one mailing.</summary>
internal sealed class MailingDetailReader(
    Tables tables, ExportsReader exports, DelayReader delays, DefinitionStore definitions, LaneLimitStore limits, Figures figures, TimeProvider time)
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
        var latency = delays.OfMailingAsync(row);
        await Task.WhenAll(funnel, domains, reasons, progress, links, latency);
        var flow = (await progress).Value;
        var isCounting = (await funnel).Value is null || (await domains).Value is null || (await reasons).Value is null || flow is null || (await latency).Value is null;
        return new MailingDetail(
            (await funnel).Value ?? Funnel.Empty, (await domains).Value, (await links).Value ?? [], (await reasons).Value, flow?.Points ?? [],
            SendCurve.Of(flow ?? new Throughput([], 1), PlanOf(row), row.Accepted), (await latency).Value, Responses(row.MailingId), exports.Between(row.ClientId, row.StartedRecorded ?? row.CreatedAt, row.FinishedRecorded ?? time.NowMicroseconds(), 10), MadeOf(row), isCounting);
    }

    private Funnel FunnelOf(long mailingId)
    {
        var rows = tables.Read(
            $"SELECT e.kind, {VerdictLine.Sql}, COUNT(*), COUNT(DISTINCT e.sequence) FROM event e WHERE e.mailing_id = $1 GROUP BY 1, 2 ORDER BY 1, 2",
            reader => new VerdictLine((TrackedEventKind)reader.GetInt32(0), (EventVerdict)reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3)), mailingId);
        var byMachineOnly = tables.Read(
            $"""
            SELECT e.kind, COUNT(DISTINCT e.sequence) FROM event e WHERE e.mailing_id = $1 AND e.kind <= 2 AND {VerdictLine.Sql} <> 1
                AND NOT EXISTS (SELECT 1 FROM event o WHERE o.mailing_id = $1 AND o.sequence = e.sequence AND o.kind = e.kind AND {VerdictLine.Sql.Replace("e.", "o.", StringComparison.Ordinal)} = 1)
            GROUP BY 1
            """,
            reader => (Kind: (TrackedEventKind)reader.GetInt32(0), People: reader.GetInt64(1)), mailingId).ToDictionary(row => row.Kind, row => row.People);
        VerdictLine? People(TrackedEventKind kind) => rows.Find(row => row.Kind == kind && row.Verdict == EventVerdict.Human);
        long Machines(TrackedEventKind kind) => rows.Where(row => row.Kind == kind && row.Verdict != EventVerdict.Human).Sum(row => row.Events);
        var (opens, clicks) = (People(TrackedEventKind.Open), People(TrackedEventKind.Click));
        return new Funnel(
            opens?.People ?? 0, byMachineOnly.GetValueOrDefault(TrackedEventKind.Open), clicks?.People ?? 0, People(TrackedEventKind.Unsubscribe)?.People ?? 0,
            opens?.Events ?? 0, Machines(TrackedEventKind.Open), clicks?.Events ?? 0, byMachineOnly.GetValueOrDefault(TrackedEventKind.Click), Machines(TrackedEventKind.Click),
            [.. rows.Where(row => row.Kind != TrackedEventKind.Unsubscribe)]);
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
        $"""
        SELECT e.link_ordinal, SUM(CASE WHEN {VerdictLine.Sql} = 1 THEN 1 ELSE 0 END), COUNT(DISTINCT CASE WHEN {VerdictLine.Sql} = 1 THEN e.sequence END), COUNT(*)
        FROM event e WHERE e.mailing_id = $1 AND e.kind = 2 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
        """,
        reader => new LinkLine(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3) - reader.GetInt64(1)), mailingId);

    private List<NamedCount> Responses(long mailingId) => tables.Read(
        "SELECT category, COUNT(*) FROM response WHERE mailing_id = $1 AND overruled IS NULL GROUP BY 1 ORDER BY 2 DESC",
        reader => new NamedCount(Wording.Category((ResponseCategory)reader.GetInt32(0)), reader.GetInt64(1)), mailingId);

    private Throughput Progress(MailingRow row)
    {
        if (row.StartedAt is not { } start) return new Throughput([], 1);
        var end = tables.Number("SELECT MAX(done_at) FROM ledger WHERE mailing_id = $1", row.MailingId);
        if (end < start) return new Throughput([], 1);
        var width = Math.Max(1_000_000, (end - start + Points) / Points);
        return new Throughput(tables.Read(
            """
            SELECT (done_at - $2) / $3, SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN state = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN state > 3 THEN 1 ELSE 0 END)
            FROM ledger WHERE mailing_id = $1 AND done_at >= $2 AND state >= 2 GROUP BY 1 ORDER BY 1
            """,
            reader => new FlowPoint(start + (reader.GetInt64(0) * width), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)), row.MailingId, start, width), width);
    }

    /// <summary>The rate for all mail of the client: what somebody has set for a time as long as it holds, else what the definition says by which the mailing was made.</summary>
    private SendPlan PlanOf(MailingRow row)
    {
        var start = row.StartAt ?? row.StartedAt ?? row.CreatedAt;
        var client = definitions.FindClient(row.ClientId, row.ClientVersion)?.Value;
        var (rate, setBy) = (client?.Mail.PerSecond, string.Create(CultureInfo.InvariantCulture, $"mail.perSecond of client.json, version {row.ClientVersion}"));
        if (row.State == MailingState.Sending && limits.All().FirstOrDefault(limit => limit.Until > time.NowMicroseconds() && limit.Name.Split('/') is [var key, _] && key == client?.Key) is { } set)
            (rate, setBy) = (set.PerSecond, $"set by {set.SetBy}: {set.Reason}");
        return new SendPlan(start, rate, setBy, rate is { } perSecond ? start + (long)(row.Accepted / perSecond * 1_000_000) : null);
    }

    private Provenance MadeOf(MailingRow row)
    {
        var (source, client) = (definitions.FindSource(row.SourceId), definitions.FindClient(row.ClientId));
        return new Provenance(source?.Value.Name, source?.Version, client?.Version ?? row.ClientVersion, client is not null && client.Value.Export.Enabled && (!row.Test || client.Value.Export.IncludeTest));
    }
}

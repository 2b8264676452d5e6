using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Operations.Reading;

/// <summary>Lists of mailings.</summary>
internal sealed class MailingsReader(Tables tables, MailingStore mailings, DefinitionStore definitions, PaceReader pace, Figures figures)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Newest first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="before">Those with a lower number.</param>
    /// <param name="limit">Most rows.</param>
    public async Task<Page<MailingLine>> PageAsync(MailingFilter filter, long before, int limit)
    {
        var ids = Ids(filter, before, limit + 1);
        var page = Page<long>.Of(ids, limit, id => id);
        return new Page<MailingLine>(await pace.AddAsync(await LinesAsync([.. page.Items.Select(id => mailings.Find(id)!)])), page.Next);
    }

    /// <summary>Numbers of mailings, newest first.</summary>
    public List<long> Ids(MailingFilter filter, long before, int limit) =>
        tables.Read(
            $"""
            SELECT mailing_id FROM mailing WHERE mailing_id < $1 AND state <> 0
                AND ($2 < 0 OR client_id = $2) AND ($3 < 0 OR state = $3) AND ($4 = '' OR name {tables.Like} $5 ESCAPE '\')
            ORDER BY mailing_id DESC LIMIT $6
            """,
            reader => reader.GetInt64(0),
            before, filter.ClientId ?? -1, filter.State is { } state ? (long)state : -1, filter.Search ?? "", Tables.Anywhere(filter.Search ?? ""), limit);

    /// <summary>Mailings that are queued, being sent or paused, newest first.</summary>
    public async Task<IReadOnlyList<MailingLine>> RunningAsync(long? clientId, int limit)
    {
        var rows = tables.Read(
            "SELECT mailing_id FROM mailing WHERE state IN (1, 2, 3, 4) AND ($1 < 0 OR client_id = $1) ORDER BY mailing_id DESC LIMIT $2",
            reader => reader.GetInt64(0), clientId ?? -1, limit);
        return await LinesAsync([.. rows.Select(id => mailings.Find(id)!)]);
    }

    /// <summary>Mailings of a file, once they are there for everybody: a link to one that is still being imported would lead nowhere.</summary>
    public async Task<IReadOnlyList<MailingLine>> OfFileAsync(long fileId) => await LinesAsync([.. mailings.OfFile(fileId).Where(row => row.State != MailingState.Importing)]);

    public async Task<MailingLine?> FindAsync(long mailingId) =>
        mailings.Find(mailingId) is { State: not MailingState.Importing } row ? (await pace.AddAsync(await LinesAsync([row])))[0] : null;

    /// <summary>Sums of one mailing: kept ones when it has ended, else counted.</summary>
    public async Task<StateCounts?> CountsAsync(MailingRow row)
    {
        var kept = tables.Read(
            """
            SELECT state, recipients FROM mailing_total WHERE mailing_id = $1
            UNION ALL
            SELECT state, recipients FROM mailing_figure WHERE mailing_id = $1 AND finished_recorded = $2
                AND NOT EXISTS (SELECT 1 FROM mailing_total WHERE mailing_id = $1)
            """,
            reader => (reader.GetInt64(0), reader.GetInt64(1)), row.MailingId, row.FinishedRecorded ?? -1);
        if (kept.Count > 0) return StateCounts.Of(kept);
        var key = string.Create(CultureInfo.InvariantCulture, $"counts/{row.MailingId}/{row.State}/{row.Resends}");
        return (await figures.GetAsync(key, () => Count(row.MailingId), Patience)).Value;
    }

    private StateCounts Count(long mailingId) => StateCounts.Of(tables.Read(
        "SELECT state, COUNT(*) FROM ledger WHERE mailing_id = $1 GROUP BY state", reader => (reader.GetInt64(0), reader.GetInt64(1)), mailingId));

    private async Task<IReadOnlyList<MailingLine>> LinesAsync(List<MailingRow> rows)
    {
        var keys = definitions.Clients().ToDictionary(client => client.Value.Id, client => client.Value.Key);
        var counts = await Task.WhenAll(rows.Select(CountsAsync));
        return [.. rows.Select((row, i) => new MailingLine(row, keys.GetValueOrDefault(row.ClientId, "?"), counts[i]))];
    }
}

using System.Globalization;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Operations.Reading;

/// <summary>Rates, remaining times and complaints of the mailings that a page shows.</summary>
internal sealed class PaceReader(Tables tables, Figures figures, TimeProvider time)
{
    private const long Second = 1_000_000;
    private const long Window = 60 * Second;

    /// <summary>Lines with their pace.</summary>
    public async Task<IReadOnlyList<MailingLine>> AddAsync(IReadOnlyList<MailingLine> lines)
    {
        if (lines.Count == 0) return lines;

        // Numbers out of the database, not what somebody typed; all complaints together are few, and found by their outcome.
        var ids = string.Join(", ", lines.Select(line => line.Row.MailingId.ToString(CultureInfo.InvariantCulture)));
        var complaints = tables.Read(
            $"SELECT mailing_id, COUNT(*) FROM inbound_mail WHERE outcome = $1 AND mailing_id IN ({ids}) GROUP BY 1", reader => (Mailing: reader.GetInt64(0), Count: reader.GetInt64(1)), (int)InboundOutcome.Complaint)
            .ToDictionary(row => row.Mailing, row => row.Count);
        var rates = await Task.WhenAll(lines.Select(line => RateAsync(line.Row)));
        return [.. lines.Select((line, i) => line with
        {
            Pace = new MailingPace(
                rates[i], rates[i] is > 0 and var rate && line.Counts is { } counts ? (long)Math.Ceiling(counts.Open / rate) : null, complaints.GetValueOrDefault(line.Row.MailingId)),
        })];
    }

    private async Task<double?> RateAsync(MailingRow row)
    {
        if (row.State != MailingState.Sending || row.DispatchedAt is not { } start) return null;
        return (await figures.GetAsync(string.Create(CultureInfo.InvariantCulture, $"pace/{row.MailingId}"), () => Rate(row.MailingId, start), MailingsReader.Patience)).Value?.PerSecond;
    }

    private MailingPace Rate(long mailingId, long start)
    {
        var now = time.NowMicroseconds();
        var from = Math.Max(start, now - Window);
        var settled = tables.Number("SELECT COUNT(*) FROM ledger WHERE mailing_id = $1 AND done_at >= $2", mailingId, from);
        return new MailingPace(settled / Math.Max(1, (now - from) / (double)Second), null, 0);
    }
}

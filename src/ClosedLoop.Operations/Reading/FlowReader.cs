using System.Globalization;
using ClosedLoop.Model;

namespace ClosedLoop.Operations.Reading;

/// <summary>How much is going out, and how much waits.</summary>
internal sealed class FlowReader(Tables tables, Figures figures, TimeProvider time)
{
    private const long Minute = 60_000_000;

    /// <summary>Outcomes of the last <paramref name="minutes"/>, in stretches of equal length.</summary>
    public Task<Figure<Throughput>> ThroughputAsync(long? clientId, int minutes, int stretches) => figures.GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"flow/{clientId}/{minutes}/{stretches}"), () => Throughput(clientId, minutes, stretches), MailingsReader.Patience);

    /// <summary>Recipients that wait or are being sent, over all mailings under way.</summary>
    public Task<Figure<QueueDepth>> QueueAsync(long? clientId) => figures.GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"queue/{clientId}"), () => Queue(clientId), MailingsReader.Patience);

    private Throughput Throughput(long? clientId, int minutes, int stretches)
    {
        var width = minutes * Minute / stretches;
        var now = time.NowMicroseconds();
        var first = (now / width) - stretches + 1;
        var sums = new Dictionary<long, FlowPoint>();

        // Mailings that were under way since then; their ledgers are read by their key.
        var mailings = tables.Read(
            "SELECT mailing_id FROM mailing WHERE started_at IS NOT NULL AND purged = 0 AND (finished_at IS NULL OR finished_at >= $1) AND state IN (3, 4, 5, 6) AND ($2 < 0 OR client_id = $2)",
            reader => reader.GetInt64(0), first * width, clientId ?? -1);
        foreach (var mailing in mailings)
        {
            foreach (var point in tables.Read(
                """
                SELECT done_at / $2, SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), SUM(CASE WHEN state = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN state > 3 THEN 1 ELSE 0 END)
                FROM ledger WHERE mailing_id = $1 AND done_at >= $3 AND state >= 2 GROUP BY 1
                """,
                reader => new FlowPoint(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)), mailing, width, first * width))
            {
                sums[point.At] = sums.GetValueOrDefault(point.At) is { } sum ? sum with { Sent = sum.Sent + point.Sent, Failed = sum.Failed + point.Failed, Other = sum.Other + point.Other } : point;
            }
        }

        return new Throughput(
            [.. Enumerable.Range(0, stretches).Select(i => first + i).Select(at => (sums.GetValueOrDefault(at) ?? new FlowPoint(at, 0, 0, 0)) with { At = at * width })], width);
    }

    private QueueDepth Queue(long? clientId)
    {
        var mailings = tables.Read(
            "SELECT mailing_id, COALESCE(started_at, created_at), accepted, state FROM mailing WHERE state IN (1, 2, 3, 4) AND ($1 < 0 OR client_id = $1)",
            reader => (Id: reader.GetInt64(0), At: reader.GetInt64(1), Accepted: reader.GetInt64(2), State: reader.GetInt64(3)), clientId ?? -1);
        var (sum, oldest) = (0L, (long?)null);
        foreach (var (id, at, accepted, state) in mailings)
        {
            // Of a mailing that has not begun everybody waits.
            var open = state <= 2 ? accepted : tables.Number("SELECT COUNT(*) FROM ledger WHERE mailing_id = $1 AND state <= 1", id);
            if (open == 0) continue;
            sum += open;
            oldest = Math.Min(oldest ?? at, at);
        }

        return new QueueDepth(sum, oldest);
    }
}

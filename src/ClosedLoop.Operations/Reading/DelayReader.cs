using System.Globalization;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;

namespace ClosedLoop.Operations.Reading;

/// <summary>
/// How long messages take. The database counts them by class of delay, so that a mailing of millions gives a few hundred rows, and mailings that ended before are not read.
/// </summary>
internal sealed class DelayReader(Tables tables, Figures figures, TimeProvider time)
{
    private const long Second = 1_000_000;
    private const long Minute = 60 * Second;

    /// <summary>Upper ends of the classes, seconds: what a person tells apart.</summary>
    private static readonly long[] Classes = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 604_800];

    private static readonly string ClassSql = "CASE " + string.Concat(Classes.Select((end, i) =>
        string.Create(CultureInfo.InvariantCulture, $"WHEN done_at - $4 <= {end * Second} THEN {i} "))) + string.Create(CultureInfo.InvariantCulture, $"ELSE {Classes.Length - 1} END");

    public Task<Figure<DelayPoints>> DelaysAsync(long? clientId, int minutes, int stretches) => figures.GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"delay/{clientId}/{minutes}/{stretches}"), () => Delays(clientId, minutes, stretches), MailingsReader.Patience);

    /// <summary>How long the messages of one mailing took since its newest start.</summary>
    public Task<Figure<Latency>> OfMailingAsync(MailingRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return figures.GetAsync(string.Create(CultureInfo.InvariantCulture, $"latency/{row.MailingId}/{row.State}/{row.Resends}"), () => OfMailing(row), MailingsReader.Patience);
    }

    private Latency OfMailing(MailingRow row)
    {
        if (row.DispatchedAt is not { } start) return new Latency([], 0, 0);
        var counts = new long[Classes.Length];
        foreach (var (kind, count) in tables.Read(
            $"SELECT {ClassSql.Replace("$4", "$2", StringComparison.Ordinal)}, COUNT(*) FROM ledger WHERE mailing_id = $1 AND done_at >= $2 AND state = 2 GROUP BY 1",
            reader => (reader.GetInt32(0), reader.GetInt64(1)), row.MailingId, start)) counts[kind] = count;
        var (first, last) = (Array.FindIndex(counts, count => count > 0), Array.FindLastIndex(counts, count => count > 0));
        return new Latency(
            first < 0 ? [] : [.. Enumerable.Range(first, last - first + 1).Select(i => new LatencyClass(Classes[i] * Second, counts[i]))], Quantile(counts, 50), Quantile(counts, 95));
    }

    private DelayPoints Delays(long? clientId, int minutes, int stretches)
    {
        var width = minutes * Minute / stretches;
        var first = (time.NowMicroseconds() / width) - stretches + 1;
        var counts = Enumerable.Range(0, stretches).Select(_ => new long[Classes.Length]).ToArray();
        var mailings = tables.Read(
            "SELECT mailing_id, COALESCE(resent_at, started_at) FROM mailing WHERE started_at IS NOT NULL AND purged = 0 AND (finished_at IS NULL OR finished_at >= $1) AND state IN (3, 4, 5, 6) AND ($2 < 0 OR client_id = $2)",
            reader => (Id: reader.GetInt64(0), At: reader.GetInt64(1)), first * width, clientId ?? -1);
        foreach (var (id, at) in mailings)
        {
            // From the latest start on: who was sent to before a resend is no message of it.
            foreach (var (stretch, kind, count) in tables.Read(
                $"SELECT done_at / $2, {ClassSql}, COUNT(*) FROM ledger WHERE mailing_id = $1 AND done_at >= $3 AND done_at >= $4 AND state = 2 GROUP BY 1, 2",
                reader => (reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2)), id, width, first * width, at))
            {
                if (stretch - first < stretches) counts[stretch - first][kind] += count;
            }
        }

        return new DelayPoints([.. counts.Select((classes, i) => new DelayPoint((first + i) * width, classes.Sum(), Quantile(classes, 50), Quantile(classes, 95)))]);
    }

    /// <summary>Upper end of the class in which a hundredth lies, microseconds; 0 of nothing.</summary>
    internal static long Quantile(long[] classes, int hundredths)
    {
        var wanted = ((classes.Sum() * hundredths) + 99) / 100;
        if (wanted == 0) return 0;
        var seen = 0L;
        for (var i = 0; i < classes.Length; i++)
        {
            seen += classes[i];
            if (seen >= wanted) return Classes[i] * Second;
        }

        return 0;
    }
}

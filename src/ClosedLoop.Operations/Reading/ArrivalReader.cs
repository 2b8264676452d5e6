using System.Globalization;
using ClosedLoop.Model;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Operations.Reading;

/// <summary>When files come.</summary>
internal sealed class ArrivalReader(Tables tables, Figures figures, TimeProvider time)
{
    /// <summary>Hours that are shown.</summary>
    public const int Hours = 48;

    private const long Hour = 3_600_000_000;

    public Task<Figure<Arrivals>> ReadAsync(long? clientId) => figures.GetAsync(string.Create(CultureInfo.InvariantCulture, $"arrivals/{clientId}"), () => Read(clientId), MailingsReader.Patience);

    private Arrivals Read(long? clientId)
    {
        var first = (time.NowMicroseconds() / Hour) - Hours + 1;
        var found = tables.Read(
            $"""
            SELECT claimed_at / {Hour}, COUNT(*), SUM(CASE WHEN state IN ({(int)FileState.FailedImport}, {(int)FileState.FailedStart}, {(int)FileState.Discarded}, {(int)FileState.Replaced}) THEN 1 ELSE 0 END), CAST(SUM(imported) AS BIGINT)
            FROM inbound_file WHERE claimed_at >= $1 AND ($2 < 0 OR client_id = $2) GROUP BY 1
            """,
            reader => new ArrivalPoint(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)), first * Hour, clientId ?? -1).ToDictionary(point => point.At);
        return new Arrivals([.. Enumerable.Range(0, Hours).Select(i => (found.GetValueOrDefault(first + i) ?? new ArrivalPoint(first + i, 0, 0, 0)) with { At = (first + i) * Hour })]);
    }
}

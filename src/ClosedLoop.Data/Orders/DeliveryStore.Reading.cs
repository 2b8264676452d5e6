using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Data.Orders;

public sealed partial class DeliveryStore
{
    public DeliveryRow? Find(long deliveryId) => Query($"SELECT {Columns} FROM delivery WHERE delivery_id = $1", deliveryId).FirstOrDefault();

    /// <summary>The deliveries of an operation, the test first.</summary>
    public IReadOnlyList<DeliveryRow> OfOperation(long operationId) => Query($"SELECT {Columns} FROM delivery WHERE operation_id = $1 ORDER BY test DESC", operationId);

    /// <summary>Newest first.</summary>
    /// <param name="clientId">0 for everybody's.</param>
    /// <param name="state"><c>null</c> for all.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="limit">Most rows.</param>
    public IReadOnlyList<DeliveryRow> List(long clientId, DeliveryState? state, int offset, int limit) => Query(
        $"SELECT {Columns} FROM delivery WHERE ($1 = 0 OR client_id = $1) AND ($2 < 0 OR state = $2) ORDER BY delivery_id DESC LIMIT $3 OFFSET $4",
        clientId, state is { } only ? (int)only : -1, limit, offset);

    /// <summary>Deliveries that are to start now: their time has come, or their start broke off.</summary>
    public IReadOnlyList<DeliveryRow> Due(long clientId) => Query(
        $"SELECT {Columns} FROM delivery WHERE client_id = $1 AND (state = 3 OR (state = 2 AND start_at <= $2)) ORDER BY test DESC, delivery_id", clientId, time.NowMicroseconds());

    /// <summary>Deliveries that are with the engine and whose mailing was not told to start.</summary>
    public IReadOnlyList<long> Untold(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT d.delivery_id FROM delivery d JOIN mailing m ON m.mailing_id = d.delivery_id WHERE d.client_id = $1 AND d.state = 4 AND m.state = 1 ORDER BY d.delivery_id");
        return statement.Numbers(clientId);
    }

    /// <summary>Deliveries whose statistics are to be written now.</summary>
    public IReadOnlyList<DeliveryRow> StatisticsDue(long clientId) => Query(
        $"SELECT {Columns} FROM delivery WHERE client_id = $1 AND reported = 0 AND report_hours IS NOT NULL AND state = 4 AND started_at + report_hours * 3600000000 <= $2 ORDER BY delivery_id",
        clientId, time.NowMicroseconds());

    public IReadOnlyList<OrderNote> Notes(long deliveryId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT label, value FROM delivery_note WHERE delivery_id = $1 ORDER BY ordinal");
        using var reader = statement.Query(deliveryId);
        var notes = new List<OrderNote>();
        while (reader.Read()) notes.Add(new OrderNote(reader.GetString(0), reader.GetString(1)));
        return notes;
    }

    /// <summary>An automatic filter by its number; <c>null</c> for one that nobody made, and while its order works or after it failed: its rows are not there then.</summary>
    public AutoFilter? FindFilter(long clientId, long filterId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(
            connection,
            """
            SELECT f.database_id, f.code FROM auto_filter f LEFT JOIN operation o ON o.operation_id = f.code / 2
            WHERE f.filter_id = $1 AND f.client_id = $2 AND (o.operation_id IS NULL OR o.status IN (1, 3))
            """);
        using var reader = statement.Query(filterId, clientId);
        return reader.Read() ? new AutoFilter(filterId, reader.GetInt64(0), reader.GetInt64(1)) : null;
    }

    /// <summary>What is published under a token, or <c>null</c>.</summary>
    public byte[]? Page(string token)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT body FROM web_page WHERE token = $1");
        using var reader = statement.Query(token);
        return reader.Read() ? reader.GetFieldValue<byte[]>(0) : null;
    }

    /// <summary>Opens and clicks of a delivery: how many there were, and of how many recipients.</summary>
    public (long Opens, long Openers, long Clicks, long Clickers) Reactions(long deliveryId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT kind, COUNT(*), COUNT(DISTINCT sequence) FROM event WHERE mailing_id = $1 AND automated = 0 GROUP BY kind");
        using var reader = statement.Query(deliveryId);
        var sums = (Opens: 0L, Openers: 0L, Clicks: 0L, Clickers: 0L);
        while (reader.Read())
        {
            if (reader.GetInt32(0) == (int)Model.Events.TrackedEventKind.Open) (sums.Opens, sums.Openers) = (reader.GetInt64(1), reader.GetInt64(2));
            else if (reader.GetInt32(0) == (int)Model.Events.TrackedEventKind.Click) (sums.Clicks, sums.Clickers) = (reader.GetInt64(1), reader.GetInt64(2));
        }

        return sums;
    }

    private List<DeliveryRow> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = new List<DeliveryRow>();
        while (reader.Read()) rows.Add(Read(reader));
        return rows;
    }
}

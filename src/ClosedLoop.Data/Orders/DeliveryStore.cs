using System.Data.Common;
using ClosedLoop.Data.Ids;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Data.Orders;

/// <summary>Deliveries that orders made. They move from state to state only along the arrows callers name.</summary>
public sealed partial class DeliveryStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns =
        """
        delivery_id, operation_id, client_id, account_version, test, state, channel, database_id, filter_id, code, name, content_hash, remove_duplicates, transactional,
        start_at, proposed_at, web_token, report_to, report_hours, reported, reason, created_at, started_at
        """;

    /// <summary>Makes a delivery with its mailing, in the caller's transaction. An operation's second try finds what the first made.</summary>
    public static long Create(WriteContext context, NewDelivery delivery, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(delivery);
        var mailing = delivery.Mailing;
        if (delivery.OperationId > 0
            && context.Scalar("SELECT delivery_id FROM delivery WHERE operation_id = $1 AND test = $2", delivery.OperationId, mailing.Test ? 1 : 0) is > 0 and var made) return made;
        var id = MailingStore.Create(context, mailing, now).MailingId;
        context.Execute("UPDATE mailing SET content_hash = $2 WHERE mailing_id = $1", id, delivery.ContentHash);
        context.Execute(
            """
            INSERT INTO delivery (delivery_id, operation_id, client_id, account_version, test, state, channel, database_id, filter_id, code, name, content_hash, remove_duplicates,
                transactional, start_at, proposed_at, web_token, report_to, report_hours, created_at, recorded)
            VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            """,
            id, delivery.OperationId, mailing.ClientId, delivery.AccountVersion, mailing.Test ? 1 : 0, (int)delivery.Channel, delivery.DatabaseId, delivery.FilterId, delivery.Code,
            mailing.Name, delivery.ContentHash, delivery.RemoveDuplicates ? 1 : 0, delivery.Transactional ? 1 : 0, delivery.StartAt, delivery.ProposedAt, delivery.WebToken,
            string.Join('\n', delivery.ReportTo), delivery.ReportHours, now, context.Stamp);
        for (var i = 0; i < delivery.Notes.Count; i++)
            context.Execute("INSERT INTO delivery_note (delivery_id, ordinal, label, value) VALUES ($1, $2, $3, $4)", id, i, delivery.Notes[i].Label, delivery.Notes[i].Value);
        return id;
    }

    /// <summary>The automatic filter of a code, made when there is none.</summary>
    public static long FilterOf(WriteContext context, long clientId, long databaseId, long code)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = context.Scalar("SELECT filter_id FROM auto_filter WHERE client_id = $1 AND database_id = $2 AND code = $3", clientId, databaseId, code);
        if (id > 0) return id;
        id = IdSequence.Take(context, "filter");
        context.Execute("INSERT INTO auto_filter (filter_id, client_id, database_id, code) VALUES ($1, $2, $3, $4)", id, clientId, databaseId, code);
        return id;
    }

    /// <summary>Moves a delivery when it is in one of <paramref name="from"/>; <c>false</c> when it is not.</summary>
    public static bool Move(WriteContext context, long deliveryId, DeliveryState to, string? reason, params ReadOnlySpan<DeliveryState> from)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var reader = context.Statement("SELECT state FROM delivery WHERE delivery_id = $1").Query(deliveryId);
        if (!reader.Read() || !from.Contains((DeliveryState)reader.GetInt32(0))) return false;
        reader.Close();
        context.Execute("UPDATE delivery SET state = $2, reason = $3, recorded = $4 WHERE delivery_id = $1", deliveryId, (int)to, reason, context.Stamp);
        return true;
    }

    /// <inheritdoc cref="Move"/>
    public Task<bool> MoveAsync(long deliveryId, DeliveryState to, string? reason, params DeliveryState[] from) => writer.WriteAsync(context => Move(context, deliveryId, to, reason, from));

    /// <summary>Gives a draft a time, or a waiting delivery another one.</summary>
    public static bool Schedule(WriteContext context, long deliveryId, long startAt) =>
        Move(context, deliveryId, DeliveryState.Waiting, reason: null, DeliveryState.Ready, DeliveryState.Waiting)
        && context.Execute("UPDATE delivery SET start_at = $2 WHERE delivery_id = $1", deliveryId, startAt) == 1;

    /// <summary>With the engine: its recipients are visible from the same transaction on.</summary>
    public static void Started(WriteContext context, long deliveryId, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Move(context, deliveryId, DeliveryState.Started, reason: null, DeliveryState.Starting))
            context.Execute("UPDATE delivery SET started_at = $2 WHERE delivery_id = $1 AND started_at IS NULL", deliveryId, now);
    }

    /// <summary>Removes deliveries of an operation that did not get so far as to be handed over, with their mailings.</summary>
    public Task RemoveUnfinishedAsync(long operationId) => writer.WriteAsync(context =>
    {
        context.Execute("DELETE FROM delivery_note WHERE delivery_id IN (SELECT delivery_id FROM delivery WHERE operation_id = $1 AND state = 0)", operationId);
        context.Execute("DELETE FROM mailing WHERE state = 0 AND mailing_id IN (SELECT delivery_id FROM delivery WHERE operation_id = $1 AND state = 0)", operationId);
        context.Execute("DELETE FROM delivery WHERE operation_id = $1 AND state = 0", operationId);
    });

    /// <summary>Deletes a draft, or what failed or was given up before it started.</summary>
    public Task<bool> DeleteAsync(long deliveryId) => writer.WriteAsync(context =>
    {
        if (context.Execute("DELETE FROM delivery WHERE delivery_id = $1 AND state IN (1, 5, 6)", deliveryId) == 0) return false;
        context.Execute("DELETE FROM delivery_note WHERE delivery_id = $1", deliveryId);
        context.Execute("DELETE FROM mailing WHERE mailing_id = $1 AND state = 0", deliveryId);
        return true;
    });

    /// <summary>The statistics of a delivery were written.</summary>
    public static void Reported(WriteContext context, long deliveryId)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("UPDATE delivery SET reported = 1 WHERE delivery_id = $1", deliveryId);
    }

    /// <summary>Publishes static content under a token.</summary>
    public static void PutPage(WriteContext context, string token, long clientId, byte[] body, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("INSERT INTO web_page (token, client_id, body, created_at, recorded) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (token) DO NOTHING", token, clientId, body, now, context.Stamp);
    }

    private static DeliveryRow Read(DbDataReader reader) => new()
    {
        DeliveryId = reader.GetInt64(0),
        OperationId = reader.GetInt64(1),
        ClientId = reader.GetInt64(2),
        AccountVersion = reader.GetInt32(3),
        Test = reader.GetInt64(4) != 0,
        State = (DeliveryState)reader.GetInt32(5),
        Channel = (OrderChannel)reader.GetInt32(6),
        DatabaseId = reader.GetInt64(7),
        FilterId = reader.GetInt64(8),
        Code = Number(reader, 9),
        Name = reader.GetString(10),
        ContentHash = reader.GetString(11),
        RemoveDuplicates = reader.GetInt64(12) != 0,
        Transactional = reader.GetInt64(13) != 0,
        StartAt = Number(reader, 14),
        ProposedAt = Number(reader, 15),
        WebToken = reader.IsDBNull(16) ? null : reader.GetString(16),
        ReportTo = reader.IsDBNull(17) ? [] : reader.GetString(17).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        ReportHours = (int?)Number(reader, 18),
        Reported = reader.GetInt64(19) != 0,
        Reason = reader.IsDBNull(20) ? null : reader.GetString(20),
        CreatedAt = reader.GetInt64(21),
        StartedAt = Number(reader, 22),
    };

    private static long? Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}

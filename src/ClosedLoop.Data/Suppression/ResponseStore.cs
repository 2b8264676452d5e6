using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Suppression;

/// <summary>Responses of recipients and the bounce counters they move (closed-loop spec section 13).</summary>
public static class ResponseStore
{
    /// <summary>Adds a response row and counts a bounce: hard for a fatal one, soft for the two others.</summary>
    public static void Add(WriteContext context, long clientId, long mailingId, int sequence, string address, ResponseCategory category,
        long occurredAt, string origin, string? detail)
    {
        ArgumentNullException.ThrowIfNull(context);
        var ordinal = context.Scalar("SELECT COUNT(*) FROM response WHERE mailing_id = $1 AND sequence = $2", mailingId, sequence);
        context.Execute(
            "INSERT INTO response (mailing_id, sequence, recorded, ordinal, client_id, category, occurred_at, origin, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            mailingId, sequence, context.Stamp, ordinal, clientId, (int)category, occurredAt, origin, detail);
        if (!category.IsBounce()) return;
        var hard = category == ResponseCategory.FatalBounce ? 1 : 0;
        context.Execute(
            """
            INSERT INTO bounce_counter (client_id, address, hard, soft, recorded) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (client_id, address) DO UPDATE SET hard = bounce_counter.hard + excluded.hard, soft = bounce_counter.soft + excluded.soft, recorded = excluded.recorded, delivered_at = NULL
            """, clientId, address, hard, 1 - hard, context.Stamp);
    }
}

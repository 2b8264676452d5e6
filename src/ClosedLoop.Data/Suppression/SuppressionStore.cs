using ClosedLoop.Data.Optimove;

namespace ClosedLoop.Data.Suppression;

/// <summary>Who gets no mail from a client: checked for each recipient right before sending.</summary>
public static class SuppressionStore
{
    /// <summary>Adds an entry; <c>false</c> when it was there already, so that an unsubscribe counts once.</summary>
    public static bool Add(WriteContext context, long clientId, string address, SuppressionKind kind, string reason, long? mailingId, int? sequence)
    {
        ArgumentNullException.ThrowIfNull(context);
        var isNew = context.Execute(
            """
            INSERT INTO suppression (client_id, address, kind, reason, mailing_id, sequence, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (client_id, address, kind) DO NOTHING
            """, clientId, address, (int)kind, reason, mailingId, sequence, context.Stamp) == 1;
        if (isNew && kind == SuppressionKind.Unsubscribed) ConsentNotes.OfAddress(context, clientId, address);
        return isNew;
    }
}

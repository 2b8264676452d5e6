using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Optimove;

/// <summary>Notes, in the transaction that changes somebody's consent, that a connector has to look at it. Clients without a connector have no notes.</summary>
internal static class ConsentNotes
{
    private const string Sql =
        """
        INSERT INTO optimove_consent (client_id, person, by_address, medium, recorded)
        SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM optimove_connector WHERE client_id = $1)
        ON CONFLICT (client_id, person, by_address, medium) DO UPDATE SET recorded = excluded.recorded
        """;

    /// <summary>An unsubscribe of an address came, or was taken back.</summary>
    public static void OfAddress(WriteContext context, long clientId, string address)
    {
        // A device has no address that anybody could unsubscribe; its consent is the profile's.
        if (address.Contains('@', StringComparison.Ordinal)) context.Execute(Sql, clientId, address, 1, (int)MessageChannel.Mail, context.Stamp);
        else if (address.StartsWith('+')) context.Execute(Sql, clientId, address, 1, (int)MessageChannel.Sms, context.Stamp);
    }

    public static void OfPerson(WriteContext context, long clientId, string externalId, MessageChannel medium) => context.Execute(Sql, clientId, externalId, 0, (int)medium, context.Stamp);
}

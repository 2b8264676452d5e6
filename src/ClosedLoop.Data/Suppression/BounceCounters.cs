namespace ClosedLoop.Data.Suppression;

/// <summary>Upkeep of the bounce counters: decay of the soft one, and the reset by a person (closed-loop spec section 13).</summary>
public sealed class BounceCounters(Database database, LedgerWriter writer)
{
    /// <summary>Counters of an address; null when it never bounced.</summary>
    public (int Hard, int Soft)? Find(long clientId, string address)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT hard, soft FROM bounce_counter WHERE client_id = $1 AND address = $2");
        using var reader = statement.Query(clientId, AddressCase.Fold(address));
        return reader.Read() ? (reader.GetInt32(0), reader.GetInt32(1)) : null;
    }

    /// <summary>Soft counters go to 0 where a message was delivered after the latest bounce, and nothing bounced since.</summary>
    /// <param name="deliveredBefore">Microseconds; seven days ago by default settings.</param>
    /// <returns>How many.</returns>
    public Task<int> DecayAsync(long deliveredBefore) => writer.WriteAsync(context => context.Execute(
        "UPDATE bounce_counter SET soft = 0, delivered_at = NULL, recorded = $2 WHERE soft > 0 AND delivered_at IS NOT NULL AND delivered_at <= $1", deliveredBefore, context.Stamp));

    /// <summary>Sets both counters of an address to 0.</summary>
    /// <returns>False when there was nothing to reset.</returns>
    public Task<bool> ResetAsync(long clientId, string address) => writer.WriteAsync(context => context.Execute(
        "UPDATE bounce_counter SET hard = 0, soft = 0, delivered_at = NULL, recorded = $3 WHERE client_id = $1 AND address = $2 AND (hard > 0 OR soft > 0)", clientId, AddressCase.Fold(address), context.Stamp) == 1);

    /// <summary>Notes a delivery, when it is the first after a soft bounce.</summary>
    internal static void Delivered(WriteContext context, long clientId, string address, long doneAt) => context.Execute(
        "UPDATE bounce_counter SET delivered_at = $3 WHERE client_id = $1 AND address = $2 AND soft > 0 AND delivered_at IS NULL", clientId, AddressCase.Fold(address), doneAt);
}

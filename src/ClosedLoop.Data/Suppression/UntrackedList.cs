namespace ClosedLoop.Data.Suppression;

/// <summary>
/// People who have objected to tracking (closed-loop spec section 11): they get their mail, links lead where they should, and nothing is kept of it
/// but that the mail was sent.
/// </summary>
public sealed class UntrackedList(Database database, LedgerWriter writer)
{
    /// <param name="clientId">The client.</param>
    /// <param name="address">Normalised.</param>
    /// <param name="reason">Kept with the entry.</param>
    /// <returns>False when the address was there already.</returns>
    public Task<bool> AddAsync(long clientId, string address, string reason) => writer.WriteAsync(context => context.Execute(
        "INSERT INTO untracked (client_id, address, reason, recorded) VALUES ($1, $2, $3, $4) ON CONFLICT (client_id, address) DO NOTHING",
        clientId, address, reason, context.Stamp) == 1);

    /// <returns>False when the address was not there.</returns>
    public Task<bool> RemoveAsync(long clientId, string address) => writer.WriteAsync(context => context.Execute(
        "DELETE FROM untracked WHERE client_id = $1 AND address = $2", clientId, AddressCase.Fold(address)) == 1);

    public IReadOnlyList<BlockEntry> All(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT address, reason, recorded FROM untracked WHERE client_id = $1 ORDER BY address");
        using var reader = statement.Query(clientId);
        var entries = new List<BlockEntry>();
        while (reader.Read()) entries.Add(new BlockEntry(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return entries;
    }

    internal static bool Contains(WriteContext context, long clientId, string address) =>
        context.Scalar("SELECT COUNT(*) FROM untracked WHERE client_id = $1 AND address = $2", clientId, AddressCase.Fold(address)) != 0;
}

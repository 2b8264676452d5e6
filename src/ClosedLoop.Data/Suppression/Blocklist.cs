using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Suppression;

/// <summary>Addresses that get no mail from a client whatever else is known (closed-loop spec section 12).</summary>
public sealed class Blocklist(Database database, LedgerWriter writer)
{
    /// <returns>False when the entry was there already.</returns>
    public Task<bool> AddAsync(long clientId, AddressPattern entry, string reason)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return writer.WriteAsync(context => entry.IsLiteral
            ? SuppressionStore.Add(context, clientId, Normal(entry), SuppressionKind.Blocked, reason, mailingId: null, sequence: null)
            : context.Execute(
                "INSERT INTO block_pattern (client_id, pattern, reason, recorded) VALUES ($1, $2, $3, $4) ON CONFLICT (client_id, pattern) DO NOTHING",
                clientId, entry.Text, reason, context.Stamp) == 1);
    }

    /// <returns>False when there was no such entry.</returns>
    public Task<bool> RemoveAsync(long clientId, AddressPattern entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return writer.WriteAsync(context => entry.IsLiteral
            ? context.Execute("DELETE FROM suppression WHERE client_id = $1 AND address = $2 AND kind = $3", clientId, AddressCase.Fold(Normal(entry)), (int)SuppressionKind.Blocked) == 1
            : context.Execute("DELETE FROM block_pattern WHERE client_id = $1 AND pattern = $2", clientId, entry.Text) == 1);
    }

    /// <summary>Patterns in force; few, and read anew for every slice that is sent.</summary>
    public IReadOnlyList<AddressPattern> Patterns(long clientId) =>
        [.. Read("SELECT pattern, reason, recorded FROM block_pattern WHERE client_id = $1 ORDER BY pattern", clientId)
            .Select(entry => AddressPattern.TryParse(entry.Entry)).OfType<AddressPattern>()];

    /// <summary>Blocked addresses, normalised; read as they are asked for, because there may be millions.</summary>
    public IEnumerable<string> Addresses(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT address FROM suppression WHERE client_id = $1 AND kind = 0");
        using var reader = statement.Query(clientId);
        while (reader.Read()) yield return reader.GetString(0);
    }

    /// <summary>Addresses and patterns.</summary>
    public IReadOnlyList<BlockEntry> All(long clientId) =>
    [
        .. Read("SELECT pattern, reason, recorded FROM block_pattern WHERE client_id = $1 ORDER BY pattern", clientId),
        .. Read("SELECT address, reason, recorded FROM suppression WHERE client_id = $1 AND kind = 0 ORDER BY address", clientId),
    ];

    private static string Normal(AddressPattern entry) => AnyAddress.TryNormalise(entry.Literal) ?? entry.Literal;

    private List<BlockEntry> Read(string sql, long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(clientId);
        var entries = new List<BlockEntry>();
        while (reader.Read()) entries.Add(new BlockEntry(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return entries;
    }
}

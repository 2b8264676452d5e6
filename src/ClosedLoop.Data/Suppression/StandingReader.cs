namespace ClosedLoop.Data.Suppression;

/// <summary>Who of a client's people would be left out when it is their turn: unsubscribed, or bounced too often.</summary>
public sealed class StandingReader(Database database)
{
    /// <summary>Folded addresses with the code they are left out with (W208, W209).</summary>
    public IReadOnlyDictionary<string, string> LeftOut(long clientId, int hardLimit, int softLimit)
    {
        var people = new Dictionary<string, string>(StringComparer.Ordinal);
        using var connection = database.OpenRead();
        using (var statement = new Statement(connection, "SELECT address FROM bounce_counter WHERE client_id = $1 AND (hard >= $2 OR soft >= $3)"))
        using (var reader = statement.Query(clientId, hardLimit, softLimit))
        {
            while (reader.Read()) people[AddressCase.Fold(reader.GetString(0))] = "W209";
        }

        using (var statement = new Statement(connection, "SELECT address FROM suppression WHERE client_id = $1 AND kind = $2"))
        using (var reader = statement.Query(clientId, (int)SuppressionKind.Unsubscribed))
        {
            while (reader.Read()) people[AddressCase.Fold(reader.GetString(0))] = "W208";
        }

        return people;
    }

    /// <summary>Addresses compare by this form.</summary>
    public static string Folded(string address) => AddressCase.Fold(address);
}

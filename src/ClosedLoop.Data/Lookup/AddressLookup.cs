using ClosedLoop.Data.Suppression;

namespace ClosedLoop.Data.Lookup;

/// <summary>Searches by address: what is in the index by the index, what is not yet in it row by row.</summary>
public sealed class AddressLookup(Database database)
{
    /// <summary>Recipients behind the index that one search for a screen looks through.</summary>
    public const int MostSearched = 200_000;

    /// <summary>Messages to an address, newest mailing first; of those behind the index up to <see cref="MostSearched"/> are looked at, and what was not is told.</summary>
    /// <param name="address">In any case.</param>
    /// <param name="limit">Most messages.</param>
    public AddressHits Find(string address, int limit) => Find(address, limit, MostSearched, imported: true);

    /// <summary>Every message to an address, however long it takes, also of files that are being imported: for what the law asks for.</summary>
    /// <param name="address">In any case.</param>
    public IReadOnlyList<MessageKey> FindAll(string address) => Find(address, int.MaxValue, long.MaxValue, imported: false).Messages;

    /// <summary>Mailings that are not whole in the index: where it stands, and about how many recipients come after that. A standing mailing gets more of them as long as it lives.</summary>
    internal List<(long Mailing, long Next, long Left)> Behind(int limit, bool imported = true)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT m.mailing_id, COALESCE(k.next_sequence, 0), m.accepted - COALESCE(k.next_sequence, 0)
            FROM mailing m LEFT JOIN address_index_mark k ON k.mailing_id = m.mailing_id
            WHERE m.state >= $2 AND m.purged = 0 AND (COALESCE(k.complete, 0) = 0 OR k.next_sequence < m.accepted) ORDER BY m.mailing_id DESC LIMIT $1
            """);
        using var reader = statement.Query(limit, imported ? 1 : 0);
        var behind = new List<(long, long, long)>();
        while (reader.Read()) behind.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        return behind;
    }

    private AddressHits Find(string address, int limit, long mostSearched, bool imported)
    {
        ArgumentNullException.ThrowIfNull(address);
        var folded = AddressCase.Fold(address);
        var hits = new List<MessageKey>();

        // First: what the index takes in between the two looks is then found twice, and not never.
        var behind = Behind(int.MaxValue, imported);
        using (var connection = database.OpenRead())
        using (var statement = new Statement(connection,
            """
            SELECT i.mailing_id, i.sequence, r.address FROM address_index i JOIN recipient r ON r.mailing_id = i.mailing_id AND r.sequence = i.sequence
            WHERE i.hash = $1 ORDER BY i.mailing_id DESC, i.sequence LIMIT $2
            """))
        using (var reader = statement.Query(AddressIndex.HashOf(folded), limit))
        {
            // Two addresses may share a hash.
            while (reader.Read())
            {
                if (AddressCase.Fold(reader.GetString(2)) == folded) hits.Add(new MessageKey(reader.GetInt64(0), reader.GetInt32(1)));
            }
        }

        var searched = 0L;
        var missed = 0L;
        foreach (var (mailing, next, rest) in behind)
        {
            if (searched + rest > mostSearched)
            {
                missed += rest;
                continue;
            }

            searched += rest;
            hits.AddRange(Search(mailing, next, folded));
        }

        return new AddressHits([.. hits.Distinct().OrderByDescending(hit => hit.MailingId).ThenBy(hit => hit.Sequence).Take(limit)], missed);
    }

    private List<MessageKey> Search(long mailing, long next, string folded)
    {
        var lower = database.Kind == DatabaseKind.Postgres ? "lower(address COLLATE \"C\")" : "lower(address)";
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, $"SELECT sequence FROM recipient WHERE mailing_id = $1 AND sequence >= $2 AND {lower} = $3");
        return [.. statement.Numbers(mailing, next, folded).Select(sequence => new MessageKey(mailing, (int)sequence))];
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Data.Suppression;

namespace ClosedLoop.Data.Lookup;

/// <summary>
/// Finds a person's messages by address among all recipients of all mailings (decision 023). The index follows the imports at a distance, a bounded number of
/// rows a transaction; what it has not reached is searched for by <see cref="AddressLookup"/>.
/// </summary>
public sealed class AddressIndex(Database database, LedgerWriter writer)
{
    /// <summary>Rows that one transaction adds: a claim that waits behind it waits some milliseconds.</summary>
    public const int RowsPerTransaction = 2_000;

    private readonly AddressLookup _lookup = new(database);

    /// <summary>Adds the next rows.</summary>
    /// <returns>How many; 0 when everything is in the index.</returns>
    public async Task<int> CatchUpAsync()
    {
        if (_lookup.Behind(1) is not [var (mailing, next, left)]) return 0;
        var rows = new List<(long Hash, long Sequence)>();
        using (var connection = database.OpenRead())
        using (var statement = new Statement(connection, "SELECT sequence, address FROM recipient WHERE mailing_id = $1 AND sequence >= $2 ORDER BY sequence LIMIT $3"))
        using (var reader = statement.Query(mailing, next, RowsPerTransaction))
        {
            while (reader.Read()) rows.Add((HashOf(reader.GetString(1)), reader.GetInt64(0)));
        }

        var complete = rows.Count < RowsPerTransaction;

        // Where there is nothing, nothing will come: a mailing must not be asked for again and again.
        var end = rows.Count == 0 ? next + Math.Max(left, 0) : rows[^1].Sequence + 1;

        // In the order of the index, so that neighbouring pages are written once.
        rows.Sort();
        await writer.WriteAheadAsync(context =>
        {
            // Asked again: since it was read the mailing may have been given up to retention.
            if (context.Scalar("SELECT COUNT(*) FROM mailing WHERE mailing_id = $1 AND purged = 0", mailing) == 0) return;
            Insert(context, mailing, rows);
            context.Execute(
                """
                INSERT INTO address_index_mark (mailing_id, next_sequence, complete) VALUES ($1, $2, $3)
                ON CONFLICT (mailing_id) DO UPDATE SET next_sequence = excluded.next_sequence, complete = excluded.complete
                """, mailing, end, complete ? 1 : 0);
        }).ConfigureAwait(false);
        return Math.Max(rows.Count, 1);
    }

    /// <inheritdoc cref="AddressLookup.Find(string, int)"/>
    public AddressHits Find(string address, int limit) => _lookup.Find(address, limit);

    /// <summary>Takes a range of a mailing's recipients out, before they go.</summary>
    public static void Remove(WriteContext context, long mailingId, long upTo)
    {
        ArgumentNullException.ThrowIfNull(context);
        var hashes = new List<(long Hash, long Sequence)>();
        using (var reader = context.Statement("SELECT sequence, address FROM recipient WHERE mailing_id = $1 AND sequence <= $2").Query(mailingId, upTo))
        {
            while (reader.Read()) hashes.Add((HashOf(reader.GetString(1)), reader.GetInt64(0)));
        }

        foreach (var (hash, sequence) in hashes) context.Execute("DELETE FROM address_index WHERE hash = $1 AND mailing_id = $2 AND sequence = $3", hash, mailingId, sequence);
        context.Execute("DELETE FROM address_index_mark WHERE mailing_id = $1", mailingId);
    }

    /// <summary>First eight octets of the SHA-256 of the folded address.</summary>
    public static long HashOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(AddressCase.Fold(address)), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    private static void Insert(WriteContext context, long mailing, List<(long Hash, long Sequence)> rows)
    {
        if (context.Kind == DatabaseKind.Postgres)
        {
            context.Execute(
                "INSERT INTO address_index (hash, mailing_id, sequence) SELECT h, $1, s FROM unnest($2::bigint[], $3::bigint[]) AS t (h, s) ON CONFLICT DO NOTHING",
                mailing, rows.Select(row => row.Hash).ToArray(), rows.Select(row => row.Sequence).ToArray());
            return;
        }

        foreach (var (hash, sequence) in rows)
            context.Execute("INSERT INTO address_index (hash, mailing_id, sequence) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", hash, mailing, sequence);
    }
}

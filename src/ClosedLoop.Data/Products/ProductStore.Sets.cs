namespace ClosedLoop.Data.Products;

/// <summary>A chunk of a load in one statement, for PostgreSQL: row by row each would be four ways to the server, and all writers wait for them.</summary>
public sealed partial class ProductStore
{
    /// <summary>
    /// All parts see the rows as they were before, and no two change the same row: what this load has written already has this version, what it ends has an earlier one.
    /// </summary>
    private const string WriteSet =
        """
        WITH given AS (SELECT * FROM unnest($5, $6) AS g (id, body)),
        again AS (
            UPDATE product_row p SET body = given.body FROM given
            WHERE p.client_id = $1 AND p.kind = $2 AND p.id = given.id AND p.from_version = $3 RETURNING p.id),
        fresh AS (
            SELECT id, body FROM given
            WHERE id NOT IN (SELECT id FROM again)
                AND NOT EXISTS (SELECT 1 FROM product_row p WHERE p.client_id = $1 AND p.kind = $2 AND p.id = given.id AND p.to_version = $4 AND p.body = given.body)),
        ended AS (
            UPDATE product_row p SET to_version = $3 FROM fresh
            WHERE p.client_id = $1 AND p.kind = $2 AND p.id = fresh.id AND p.to_version = $4 AND p.from_version < $3)
        INSERT INTO product_row (client_id, kind, id, from_version, to_version, body) SELECT $1, $2, id, $3, $4, body FROM fresh
        """;

    private const string EndSet = "UPDATE product_row SET to_version = $3 WHERE client_id = $1 AND kind = $2 AND id = ANY ($5) AND to_version = $4 AND from_version < $3";

    private static void WriteAll(WriteContext context, long clientId, int kind, long version, IReadOnlyList<ProductRow> rows)
    {
        // One statement cannot write a row twice; of two with one id the later holds.
        var last = new Dictionary<string, byte[]>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows) last[row.Id] = row.Body.ToArray();
        context.Execute(WriteSet, clientId, kind, version, Open, last.Keys.ToArray(), last.Values.ToArray());
    }
}

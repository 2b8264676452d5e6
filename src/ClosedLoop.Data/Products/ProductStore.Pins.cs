namespace ClosedLoop.Data.Products;

/// <summary>Which versions are still needed.</summary>
public sealed partial class ProductStore
{
    /// <summary>Rows that one transaction of the upkeep removes.</summary>
    private const int MostRemoved = 1000;

    /// <summary>
    /// Keeps the version in force for a mailing that is about to be frozen; one kept for an earlier try is let go. Written before the content is:
    /// between the two the upkeep must not take the version away.
    /// </summary>
    /// <returns>The version; 0 when the client has no product data, and then nothing is kept.</returns>
    public Task<long> PinAsync(long mailingId, long clientId) => writer.WriteAsync(context =>
    {
        context.Execute(
            """
            INSERT INTO product_pin (mailing_id, client_id, version)
            SELECT $1, client_id, version FROM product_catalogue WHERE client_id = $2 AND version > 0
            ON CONFLICT (mailing_id) DO UPDATE SET version = excluded.version
            """, mailingId, clientId);
        return context.Scalar("SELECT version FROM product_pin WHERE mailing_id = $1", mailingId);
    });

    /// <summary>
    /// Removes versions that nothing is rendered with any more: neither in force nor kept for a mailing that still has recipients. Whoever removes
    /// mailings or their recipients need not know of products.
    /// </summary>
    /// <returns>Rows removed.</returns>
    public async Task<int> RemoveUnusedAsync(CancellationToken cancellation = default)
    {
        await writer.WriteAsync(context => context.Execute(
            "DELETE FROM product_pin WHERE NOT EXISTS (SELECT 1 FROM recipient r WHERE r.mailing_id = product_pin.mailing_id)"));
        var removed = 0;
        foreach (var (clientId, version) in Catalogues())
        {
            while (!cancellation.IsCancellationRequested && Unused(clientId, version) is { Count: > 0 } rows)
            {
                // Nothing can begin to need these in between: a pin takes the version in force, and they ended at or before it.
                await writer.WriteAsync(context =>
                {
                    foreach (var (kind, id, from) in rows) context.Execute("DELETE FROM product_row WHERE client_id = $1 AND kind = $2 AND id = $3 AND from_version = $4", clientId, kind, id, from);
                });
                removed += rows.Count;
            }
        }

        return removed;
    }

    private List<(long ClientId, long Version)> Catalogues()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT client_id, version FROM product_catalogue");
        using var reader = statement.Query();
        var catalogues = new List<(long, long)>();
        while (reader.Read()) catalogues.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return catalogues;
    }

    private List<(long Kind, string Id, long From)> Unused(long clientId, long version)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT r.kind, r.id, r.from_version FROM product_row r WHERE r.client_id = $1 AND r.to_version <= $2
            AND NOT EXISTS (SELECT 1 FROM product_pin p WHERE p.client_id = $1 AND p.version >= r.from_version AND p.version < r.to_version)
            LIMIT $3
            """);
        using var reader = statement.Query(clientId, version, MostRemoved);
        var rows = new List<(long, string, long)>();
        while (reader.Read()) rows.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2)));
        return rows;
    }
}

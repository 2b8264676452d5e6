namespace ClosedLoop.Data.Products;

/// <summary>Which versions are still needed.</summary>
public sealed partial class ProductStore
{
    /// <summary>Rows that one transaction of the upkeep removes.</summary>
    private const int MostRemoved = 5000;

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
        while (!cancellation.IsCancellationRequested)
        {
            var some = await writer.WriteAsync(context => context.Execute(
                """
                DELETE FROM product_row WHERE (client_id, kind, id, from_version) IN (
                    SELECT r.client_id, r.kind, r.id, r.from_version
                    FROM product_catalogue c JOIN product_row r ON r.client_id = c.client_id AND r.to_version <= c.version
                    WHERE NOT EXISTS (SELECT 1 FROM product_pin p WHERE p.client_id = r.client_id AND p.version >= r.from_version AND p.version < r.to_version)
                    LIMIT $1)
                """, MostRemoved));
            removed += some;
            if (some < MostRemoved) break;
        }

        return removed;
    }
}

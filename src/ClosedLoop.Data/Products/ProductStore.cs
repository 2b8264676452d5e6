using ClosedLoop.Data.Files;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Data.Products;

/// <summary>
/// Product data of all clients, versioned (decision 011). A load writes rows of the next version, which nobody reads, and ends what they
/// replace at that version, which changes nothing for the versions before it; one small transaction at the end puts all in force.
/// </summary>
public sealed partial class ProductStore(Database database, LedgerWriter writer)
{
    /// <summary>Where a row in force ends.</summary>
    private const long Open = long.MaxValue;

    /// <summary>Rows that share a transaction.</summary>
    public const int Chunk = 1000;

    /// <summary>Version in force; 0 when the client has no product data.</summary>
    public long Current(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT version FROM product_catalogue WHERE client_id = $1");
        return statement.Scalar(clientId);
    }

    /// <summary>Begins a load; what a load before it left unfinished is taken back. One load at a time for a client.</summary>
    /// <returns>The version that is being loaded.</returns>
    public Task<long> BeginAsync(long clientId) => writer.WriteAsync(context =>
    {
        var version = context.Scalar("SELECT version FROM product_catalogue WHERE client_id = $1", clientId);
        if (context.Scalar("SELECT COALESCE(loading, 0) FROM product_catalogue WHERE client_id = $1", clientId) != 0)
        {
            context.Execute("DELETE FROM product_row WHERE client_id = $1 AND to_version = $3 AND from_version > $2", clientId, version, Open);
            context.Execute("UPDATE product_row SET to_version = $3 WHERE client_id = $1 AND to_version > $2 AND to_version < $3", clientId, version, Open);
        }

        context.Execute(
            """
            INSERT INTO product_catalogue (client_id, version, loading) VALUES ($1, 0, 1)
            ON CONFLICT (client_id) DO UPDATE SET loading = product_catalogue.version + 1
            """, clientId);
        return version + 1;
    });

    /// <summary>Writes a chunk of a load: rows that are as they were cost nothing. A row written twice is what it was the last time.</summary>
    public Task WriteAsync(long clientId, ProductKind kind, long version, IReadOnlyList<ProductRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return writer.WriteAsync(context =>
        {
            if (context.Kind == DatabaseKind.Postgres) WriteAll(context, clientId, (int)kind, version, rows);
            else foreach (var row in rows) Write(context, clientId, (int)kind, version, row);
        });
    }

    /// <summary>Ends the rows in force that the file does not hold.</summary>
    /// <param name="clientId">Whose.</param>
    /// <param name="kind">Which file.</param>
    /// <param name="version">Version being loaded.</param>
    /// <param name="isKept">Whether the file holds the row of an id.</param>
    public async Task EndMissingAsync(long clientId, ProductKind kind, long version, Func<string, bool> isKept)
    {
        ArgumentNullException.ThrowIfNull(isKept);
        var gone = new List<string>(Chunk);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT id FROM product_row WHERE client_id = $1 AND kind = $2 AND to_version = $3 AND from_version < $4");
        using var reader = statement.Query(clientId, (int)kind, Open, version);
        while (reader.Read())
        {
            var id = reader.GetString(0);
            if (isKept(id)) continue;
            gone.Add(id);
            if (gone.Count < Chunk) continue;
            await EndAsync(clientId, kind, version, gone);
            gone = new List<string>(Chunk);
        }

        if (gone.Count > 0) await EndAsync(clientId, kind, version, gone);
    }

    /// <summary>Puts what was loaded in force, together with the state of its file.</summary>
    public Task PublishAsync(long clientId, ProductKind kind, long version, long fileId, ProductCounts counts) => writer.WriteAsync(context =>
    {
        if (context.Execute("UPDATE product_catalogue SET version = $2, loading = NULL WHERE client_id = $1 AND loading = $2", clientId, version) == 0)
        {
            throw new InvalidOperationException($"CL2601: version {version} of the product data of client {clientId} is not being loaded; another load has begun meanwhile.");
        }

        context.Execute(
            "INSERT INTO product_version (client_id, version, kind, file_id, row_count, byte_count, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            clientId, version, (int)kind, fileId, counts.Rows, counts.Bytes, context.Stamp);
        FileRegister.ProductsLoaded(context, fileId, counts.Rows);
    });

    private static void Write(WriteContext context, long clientId, int kind, long version, ProductRow row)
    {
        var body = row.Body.ToArray();
        if (context.Execute(
            "UPDATE product_row SET body = $5 WHERE client_id = $1 AND kind = $2 AND id = $3 AND from_version = $4", clientId, kind, row.Id, version, body) > 0) return;
        if (context.Scalar(
            "SELECT COUNT(*) FROM product_row WHERE client_id = $1 AND kind = $2 AND id = $3 AND to_version = $4 AND body = $5", clientId, kind, row.Id, Open, body) > 0) return;
        End(context, clientId, kind, version, row.Id);
        context.Execute(
            "INSERT INTO product_row (client_id, kind, id, from_version, to_version, body) VALUES ($1, $2, $3, $4, $5, $6)",
            clientId, kind, row.Id, version, Open, body);
    }

    private Task EndAsync(long clientId, ProductKind kind, long version, List<string> ids) => writer.WriteAsync(context =>
    {
        if (context.Kind == DatabaseKind.Postgres) context.Execute(EndSet, clientId, (int)kind, version, Open, ids.ToArray());
        else foreach (var id in ids) End(context, clientId, (int)kind, version, id);
    });

    private static void End(WriteContext context, long clientId, int kind, long version, string id) => context.Execute(
        "UPDATE product_row SET to_version = $4 WHERE client_id = $1 AND kind = $2 AND id = $3 AND to_version = $5 AND from_version < $4",
        clientId, kind, id, version, Open);
}

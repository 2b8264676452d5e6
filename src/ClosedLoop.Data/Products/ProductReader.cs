using System.Globalization;
using System.Text;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Data.Products;

/// <summary>Reads product data as of a version.</summary>
public sealed class ProductReader(Database database)
{
    /// <summary>Ids asked for in one statement.</summary>
    private const int MostIds = 100;

    // The plus keeps SQLite from the index over to_version, in which almost all rows are a match: the primary key finds each id at once.
    private static readonly string SomeSql = string.Create(
        CultureInfo.InvariantCulture, $"SELECT id, body FROM product_row WHERE client_id = $1 AND kind = $2 AND id IN ({Places()}) AND from_version <= $3 AND +to_version > $3");

    /// <summary>How much a version holds of a kind.</summary>
    public ProductCounts Count(long clientId, long version, ProductKind kind)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT row_count, byte_count FROM product_version WHERE client_id = $1 AND version <= $2 AND kind = $3 ORDER BY version DESC LIMIT 1");
        using var reader = statement.Query(clientId, version, (int)kind);
        return reader.Read() ? new ProductCounts(reader.GetInt64(0), reader.GetInt64(1)) : default;
    }

    /// <summary>All rows of a kind.</summary>
    public IReadOnlyList<ProductRow> All(long clientId, long version, ProductKind kind)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT id, body FROM product_row WHERE client_id = $1 AND kind = $2 AND from_version <= $3 AND to_version > $3");
        var rows = new List<ProductRow>();
        Read(statement, rows, clientId, (int)kind, version);
        return rows;
    }

    /// <summary>The rows of these ids that there are, in no particular order.</summary>
    public IReadOnlyList<ProductRow> Some(long clientId, long version, ProductKind kind, IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var rows = new List<ProductRow>(ids.Count);
        if (ids.Count == 0) return rows;
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, SomeSql);
        var arguments = new object?[3 + MostIds];
        (arguments[0], arguments[1], arguments[2]) = (clientId, (int)kind, version);
        foreach (var chunk in ids.Chunk(MostIds))
        {
            // Places left over ask for nothing: NULL is in no list.
            Array.Clear(arguments, 3, MostIds);
            chunk.CopyTo(arguments, 3);
            Read(statement, rows, arguments);
        }

        return rows;
    }

    private static void Read(Statement statement, List<ProductRow> rows, params ReadOnlySpan<object?> arguments)
    {
        using var reader = statement.Query(arguments);
        while (reader.Read()) rows.Add(new ProductRow(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
    }

    private static string Places()
    {
        var places = new StringBuilder();
        for (var i = 0; i < MostIds; i++) places.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}${4 + i}");
        return places.ToString();
    }
}

using System.Data.Common;

namespace ClosedLoop.Data.Contacts;

/// <summary>Rows of a user database in the order of their numbers, streamed.</summary>
public sealed class ContactReader : IDisposable
{
    /// <summary>Rows that may be passed over for each row of a code, before the index is better.</summary>
    private const int DenseSpan = 3;

    private readonly DbConnection _connection;
    private readonly RowReader _rows;
    private bool _ended;

    internal ContactReader(Database database, long clientId, long databaseId, long? code)
    {
        _connection = database.OpenRead();
        _rows = code is { } only
            ? RowsOf(_connection, clientId, databaseId, only)
            : new RowReader(_connection, "SELECT fields FROM contact WHERE client_id = $1 AND database_id = $2 ORDER BY row_id", clientId, databaseId);
    }

    /// <summary>Fields of the current row, until the next is read.</summary>
    public ReadOnlySpan<byte> Fields => _rows.Bytes(0);

    /// <summary>Goes to the next row; <c>false</c> when there is none.</summary>
    public bool Read()
    {
        // A query that is asked again after its end begins anew.
        if (!_ended) _ended = !_rows.Read();
        return !_ended;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _connection.Dispose();
    }

    /// <summary>Rows of one code.</summary>
    private static RowReader RowsOf(DbConnection connection, long clientId, long databaseId, long code)
    {
        using var statement = new Statement(connection, "SELECT COUNT(*), MIN(row_id), MAX(row_id) FROM contact WHERE client_id = $1 AND database_id = $2 AND code = $3");
        long first = 0, last = -1, count = 0;
        using (var reader = statement.Query(clientId, databaseId, code))
        {
            if (reader.Read() && (count = reader.GetInt64(0)) > 0) (first, last) = (reader.GetInt64(1), reader.GetInt64(2));
        }

        // The rows of an operation mostly stand together, and then reading through them costs half of finding each by the index; the plus sign keeps the index out.
        return last - first < DenseSpan * count
            ? new RowReader(
                connection, "SELECT fields FROM contact WHERE client_id = $1 AND database_id = $2 AND row_id >= $4 AND row_id <= $5 AND +code = $3 ORDER BY row_id", clientId, databaseId, code, first, last)
            : new RowReader(connection, "SELECT fields FROM contact WHERE client_id = $1 AND database_id = $2 AND code = $3 ORDER BY row_id", clientId, databaseId, code);
    }
}

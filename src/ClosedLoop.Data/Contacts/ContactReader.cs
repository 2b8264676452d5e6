using System.Data.Common;

namespace ClosedLoop.Data.Contacts;

/// <summary>Rows of a user database in the order of their numbers, streamed.</summary>
public sealed class ContactReader : IDisposable
{
    private readonly DbConnection _connection;
    private readonly RowReader _rows;
    private bool _ended;

    internal ContactReader(Database database, long clientId, long databaseId, long? code)
    {
        _connection = database.OpenRead();
        _rows = code is { } only
            ? new RowReader(_connection, "SELECT fields FROM contact WHERE client_id = $1 AND database_id = $2 AND code = $3 ORDER BY row_id", clientId, databaseId, only)
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
}

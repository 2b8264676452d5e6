using System.Data.Common;
using ClosedLoop.Data.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace ClosedLoop.Data;

/// <summary>
/// Rows of a query as the database holds them: numbers and UTF-8, nothing made into objects. For what reads millions of rows; everything else uses <see cref="Statement"/>.
/// </summary>
public sealed class RowReader : IDisposable
{
    private static readonly string[] Names = ["$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8"];

    private readonly sqlite3 _database = null!;
    private readonly sqlite3_stmt _statement = null!;
    private readonly CopyRows? _rows;

    /// <param name="connection">A connection of <see cref="Database"/>; it must stay open as long as the reader.</param>
    /// <param name="sql">The query; it must not be built from anything a person typed.</param>
    /// <param name="arguments">Values of <c>$1</c>, <c>$2</c>, …</param>
    /// <exception cref="SqliteException">The query cannot be prepared.</exception>
    public RowReader(DbConnection connection, string sql, params ReadOnlySpan<long> arguments)
    {
        if (connection is NpgsqlConnection server)
        {
            _rows = new CopyRows(server, sql, arguments);
            return;
        }

        _database = ((SqliteConnection)connection).Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        Bind(arguments);
    }

    /// <summary>Begins anew with other values.</summary>
    public void Restart(params ReadOnlySpan<long> arguments)
    {
        if (_rows is not null)
        {
            _rows.Restart(arguments);
            return;
        }

        // The result repeats the fault of the last step, which was thrown there.
        _ = raw.sqlite3_reset(_statement);
        Bind(arguments);
    }

    /// <summary>Goes to the next row; <c>false</c> when there is none.</summary>
    /// <exception cref="SqliteException">The row cannot be read.</exception>
    public bool Read()
    {
        if (_rows is not null) return _rows.Read();
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    public long Int64(int column) => _rows is not null ? _rows.Int64(column) : raw.sqlite3_column_int64(_statement, column);

    public int Int32(int column) => _rows is not null ? (int)_rows.Int64(column) : raw.sqlite3_column_int(_statement, column);

    public bool IsNull(int column) => _rows is not null ? _rows.IsNull(column) : raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>A text in UTF-8, or a blob, until the next row; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _rows is not null ? _rows.Bytes(column) : raw.sqlite3_column_blob(_statement, column);

    public void Dispose()
    {
        _rows?.Dispose();
        _statement?.Dispose();
    }

    private void Bind(ReadOnlySpan<long> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            // "$1" is a name to SQLite, not a place; a query need not use all values.
            var place = raw.sqlite3_bind_parameter_index(_statement, Names[i]);
            if (place > 0) Check(raw.sqlite3_bind_int64(_statement, place, arguments[i]));
        }
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _database);
    }
}

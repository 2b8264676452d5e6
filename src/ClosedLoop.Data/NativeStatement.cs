using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClosedLoop.Data;

/// <summary>
/// A prepared statement of SQLite itself, for the few writes that run once a recipient: values are bound from spans, without boxes, strings
/// or arrays. Not thread-safe; of the writer's connection only.
/// </summary>
public sealed class NativeStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares <paramref name="sql"/>; parameters are <c>$1</c>, <c>$2</c>, … in this order.</summary>
    internal NativeStatement(DbConnection connection, string sql)
    {
        _database = ((SqliteConnection)connection).Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <param name="index">From 1.</param>
    /// <param name="value">An INTEGER.</param>
    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    /// <summary>Binds UTF-8 as TEXT; the bytes are copied.</summary>
    public void BindText(int index, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(_statement, index, utf8));

    /// <summary>Binds a BLOB; the bytes are copied.</summary>
    public void BindBlob(int index, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, index, value));

    /// <summary>Runs a statement that returns no rows. What is bound stays bound.</summary>
    /// <exception cref="SqliteException">The statement failed; the transaction is the caller's to end.</exception>
    public void Execute()
    {
        var result = raw.sqlite3_step(_statement);

        // The error is read before the reset, which would replace it.
        if (result != raw.SQLITE_DONE)
        {
            try
            {
                SqliteException.ThrowExceptionForRC(result, _database);
            }
            finally
            {
                _ = raw.sqlite3_reset(_statement);
            }
        }

        Check(raw.sqlite3_reset(_statement));
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}

using System.Data.Common;
using Npgsql;

namespace ClosedLoop.Data;

/// <summary>What a write sees: the open transaction, its stamp, and statements that stay prepared between calls.</summary>
public sealed class WriteContext : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NativeStatement> _native = new(StringComparer.Ordinal);

    internal WriteContext(DbConnection connection) => Connection = connection;

    public DbConnection Connection { get; }

    public DatabaseKind Kind => Connection is NpgsqlConnection ? DatabaseKind.Postgres : DatabaseKind.Sqlite;

    /// <summary>
    /// Microseconds since 1970, strictly greater than that of every earlier transaction. Everything that a daily export
    /// cuts by is recorded with it.
    /// </summary>
    public long Stamp { get; internal set; }

    /// <summary>The prepared statement of this text; parameters are <c>$1</c>, <c>$2</c>, … in order.</summary>
    public Statement Statement(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new Statement(Connection, sql));
        }

        return statement;
    }

    /// <summary>The same without the layer of ADO.NET, for what runs once a recipient; on SQLite only.</summary>
    public NativeStatement Native(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        if (!_native.TryGetValue(sql, out var statement))
        {
            _native.Add(sql, statement = new NativeStatement(Connection, sql));
        }

        return statement;
    }

    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Statement(sql).Execute(arguments);

    public long Scalar(string sql, params ReadOnlySpan<object?> arguments) => Statement(sql).Scalar(arguments);

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        foreach (var statement in _native.Values) statement.Dispose();
        _native.Clear();
    }
}

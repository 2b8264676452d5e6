using System.Data.Common;
using ClosedLoop.Data;

namespace ClosedLoop.Operations.Reading;

/// <summary>Reads rows for a screen. Queries are constants; what people type is always a parameter.</summary>
internal sealed class Tables(Database database)
{
    private long _queries;

    /// <summary>Queries since the start; none is asked while nobody looks.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>SQL for the domain of an address.</summary>
    public string DomainOf(string column) => database.Kind == DatabaseKind.Postgres ? $"split_part({column}, '@', 2)" : $"substr({column}, instr({column}, '@') + 1)";

    /// <summary>SQL that compares without regard to case, for patterns.</summary>
    public string Like => database.Kind == DatabaseKind.Postgres ? "ILIKE" : "LIKE";

    public List<T> Read<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<object?> arguments)
    {
        Interlocked.Increment(ref _queries);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>Looks at rows one after the other, keeping none, until told to stop.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="look">Looks at a row; <c>false</c> stops.</param>
    /// <param name="arguments">What stands for <c>$1</c>, <c>$2</c>, …</param>
    /// <returns>How many rows were looked at.</returns>
    public long Each(string sql, Func<DbDataReader, bool> look, params ReadOnlySpan<object?> arguments)
    {
        Interlocked.Increment(ref _queries);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = 0L;
        while (reader.Read())
        {
            rows++;
            if (!look(reader)) break;
        }

        return rows;
    }

    public T? First<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        var rows = Read(sql, row, arguments);
        return rows.Count == 0 ? null : rows[0];
    }

    public long Number(string sql, params ReadOnlySpan<object?> arguments)
    {
        Interlocked.Increment(ref _queries);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Scalar(arguments);
    }

    /// <summary>A pattern that finds a text anywhere.</summary>
    public static string Anywhere(string text) => "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}

using System.Data.Common;
using System.Globalization;

namespace ClosedLoop.Data.Upkeep;

/// <summary>Looks into a database; reads only.</summary>
public static class DatabaseInspector
{
    private const string SqliteTables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";

    /// <summary>A partition is counted with its table.</summary>
    private const string PostgresTables = "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = current_schema()::regnamespace ORDER BY relname";

    /// <summary>Size and contents, at one moment.</summary>
    public static DatabaseReport Report(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.OpenRead();
        return Report(database, connection);
    }

    /// <summary>The same as one connection sees it.</summary>
    internal static DatabaseReport Report(Database database, DbConnection connection)
    {
        if (database.Kind == DatabaseKind.Postgres)
        {
            return new DatabaseReport(
                database.DisplayName, (int)Scalar(connection, "SELECT COALESCE(MAX(version), 0) FROM schema_version"), Scalar(connection, "SELECT pg_database_size(current_database())"),
                LogBytes: 0, PageBytes: 0, Pages: 0, FreePages: 0, Rows(connection, PostgresTables));
        }

        return new DatabaseReport(
            database.Path, (int)Scalar(connection, "SELECT COALESCE(MAX(version), 0) FROM schema_version"), SizeOf(database.Path), SizeOf(database.Path + "-wal"),
            Scalar(connection, "PRAGMA page_size"), Scalar(connection, "PRAGMA page_count"), Scalar(connection, "PRAGMA freelist_count"), Rows(connection));
    }

    /// <summary>What SQLite finds wrong with the file; empty when it is sound. Reads every page. A server of PostgreSQL checks its pages itself, by their checksums.</summary>
    /// <param name="database">The database.</param>
    /// <param name="quick">Leaves out the comparison of indexes with their tables.</param>
    public static IReadOnlyList<string> Faults(Database database, bool quick)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.Kind == DatabaseKind.Postgres) return [];
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, quick ? "PRAGMA quick_check" : "PRAGMA integrity_check");
        using var reader = statement.Query();
        var faults = new List<string>();
        while (reader.Read()) faults.Add(reader.GetString(0));
        return faults is ["ok"] ? [] : faults;
    }

    internal static IReadOnlyDictionary<string, long> Rows(DbConnection connection, string listing = SqliteTables)
    {
        var tables = new List<string>();
        using (var names = new Statement(connection, listing))
        using (var reader = names.Query())
        {
            while (reader.Read()) tables.Add(reader.GetString(0));
        }

        return tables.ToDictionary(table => table, table => Scalar(connection, $"SELECT COUNT(*) FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\""), StringComparer.Ordinal);
    }

    private static long Scalar(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants, and names of tables out of the database itself
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static long SizeOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}

using System.Data.Common;
using System.Globalization;

namespace ClosedLoop.Data.Upkeep;

/// <summary>Looks into a database file of SQLite; reads only.</summary>
public static class DatabaseInspector
{
    /// <summary>Size and contents, at one moment.</summary>
    public static DatabaseReport Report(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.OpenRead();
        return new DatabaseReport(
            database.Path, (int)Scalar(connection, "SELECT COALESCE(MAX(version), 0) FROM schema_version"), SizeOf(database.Path), SizeOf(database.Path + "-wal"),
            Scalar(connection, "PRAGMA page_size"), Scalar(connection, "PRAGMA page_count"), Scalar(connection, "PRAGMA freelist_count"), Rows(connection));
    }

    /// <summary>What SQLite finds wrong with the file; empty when it is sound. Reads every page.</summary>
    /// <param name="database">The database.</param>
    /// <param name="quick">Leaves out the comparison of indexes with their tables.</param>
    public static IReadOnlyList<string> Faults(Database database, bool quick)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, quick ? "PRAGMA quick_check" : "PRAGMA integrity_check");
        using var reader = statement.Query();
        var faults = new List<string>();
        while (reader.Read()) faults.Add(reader.GetString(0));
        return faults is ["ok"] ? [] : faults;
    }

    internal static IReadOnlyDictionary<string, long> Rows(DbConnection connection)
    {
        var tables = new List<string>();
        using (var names = new Statement(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"))
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

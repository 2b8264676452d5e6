using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace ClosedLoop.Data.Migrations;

/// <summary>
/// Brings the schema up to date: numbered, forward only, each script in a transaction of its own with its entry in
/// <c>schema_version</c>. A database that is newer than the program is refused, because an older program cannot know
/// what its writes would break.
/// </summary>
public static class Migrator
{
    private const string Prefix = "ClosedLoop.Data.Migrations.sqlite.";

    /// <summary>Version the program brings a database to.</summary>
    public static int Latest => Scripts()[^1].Version;

    /// <exception cref="SchemaTooNewException">The database was written by a newer program.</exception>
    public static int Migrate(Database database, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.OpenWrite();
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
        var scripts = Scripts();
        foreach (var (version, name, sql) in scripts)
        {
            // The write lock is taken before the version is read: two processes starting together apply a script once.
            Execute(connection, "BEGIN IMMEDIATE");
            try
            {
                var current = Current(connection);
                if (current > scripts[^1].Version) throw new SchemaTooNewException(current, scripts[^1].Version);
                if (version > current)
                {
                    Execute(connection, sql);
                    Execute(connection, string.Create(CultureInfo.InvariantCulture,
                        $"INSERT INTO schema_version VALUES ({version}, '{name}', {Model.Instants.NowMicroseconds(time)})"));
                }

                Execute(connection, "COMMIT");
            }
            catch
            {
                Execute(connection, "ROLLBACK");
                throw;
            }
        }

        return scripts[^1].Version;
    }

    private static int Current(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(version), 0) FROM schema_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // scripts are resources of this assembly, the rest are constants and numbers
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static List<(int Version, string Name, string Sql)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var scripts = new List<(int, string, string)>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var file = resource[Prefix.Length..^".sql".Length];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add((int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), file[5..], reader.ReadToEnd()));
        }

        return scripts;
    }
}

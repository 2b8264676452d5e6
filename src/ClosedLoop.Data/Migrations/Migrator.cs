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
    /// <summary>Version the program brings a database to; the same for both kinds.</summary>
    public static int Latest => Scripts("sqlite")[^1].Version;

    /// <exception cref="SchemaTooNewException">The database was written by a newer program.</exception>
    public static int Migrate(Database database, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.OpenWrite();
        database.Engine.Check(connection);
        Execute(connection, database.Engine.BeginMigration);
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        Execute(connection, "COMMIT");
        var scripts = Scripts(database.Engine.ScriptFolder);
        foreach (var (version, name, sql) in scripts)
        {
            // The write lock is taken before the version is read: two processes starting together apply a script once.
            Execute(connection, database.Engine.BeginMigration);
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

    /// <summary>Runs a script that may run again and again, in one transaction under the lock of the migrations: for tables that belong to somebody else's program.</summary>
    public static void RunUnderLock(Database database, string script)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.OpenWrite();
        Execute(connection, database.Engine.BeginMigration);
        try
        {
            Execute(connection, script);
            Execute(connection, "COMMIT");
        }
        catch
        {
            Execute(connection, "ROLLBACK");
            throw;
        }
    }

    /// <summary>Version the database is at; 0 for one without tables.</summary>
    public static int VersionOf(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.OpenRead();
        using var command = connection.CreateCommand();
        command.CommandText = database.Kind == DatabaseKind.Sqlite
            ? "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'"
            : "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_version'";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0 ? 0 : Current(connection);
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

    private static List<(int Version, string Name, string Sql)> Scripts(string folder)
    {
        var prefix = $"ClosedLoop.Data.Migrations.{folder}.";
        var assembly = Assembly.GetExecutingAssembly();
        var scripts = new List<(int, string, string)>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var file = resource[prefix.Length..^".sql".Length];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add((int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), file[5..], reader.ReadToEnd()));
        }

        return scripts;
    }
}

using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Postgres;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Data.Tests.Migrations;

public class MigratorTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Fresh_database_gets_the_latest_version_and_a_second_run_changes_nothing(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        Assert.Equal(Migrator.Latest, test.Scalar("SELECT MAX(version) FROM schema_version"));
        test.Clock.Now = test.Clock.Now.AddDays(1);
        Assert.Equal(Migrator.Latest, Migrator.Migrate(test.Database, test.Clock));
        Assert.Equal(Migrator.Latest, test.Scalar("SELECT COUNT(*) FROM schema_version"));
        Assert.True(test.Scalar("SELECT MAX(applied_at) FROM schema_version") < test.Now);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Schema_of_a_newer_program_is_refused_and_left_as_it_is(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        await test.Writer.WriteAsync(context => context.Execute("INSERT INTO schema_version VALUES ($1, 'later', 0)", Migrator.Latest + 1));
        var refused = Assert.Throws<SchemaTooNewException>(() => Migrator.Migrate(test.Database, test.Clock));
        Assert.Contains("CL3001", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Migrator.Latest + 1, test.Scalar("SELECT COUNT(*) FROM schema_version"));
    }

    [Fact]
    public async Task Processes_that_start_together_apply_each_script_once()
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-data-").FullName;
        var file = Path.Combine(folder, "closedloop.db");
        var children = Enumerable.Range(0, 3).Select(_ => ChildProcess.Start("migrate", file)).ToList();
        foreach (var child in children)
        {
            await child.WaitForExitAsync();
            Assert.Equal(0, child.ExitCode);
            child.Dispose();
        }

        using (var connection = new Database(file).OpenRead())
        using (var statement = new Statement(connection, "SELECT COUNT(*) FROM schema_version"))
        {
            Assert.Equal(Migrator.Latest, statement.Scalar());
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool((Microsoft.Data.Sqlite.SqliteConnection)connection);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Both_databases_have_the_same_migrations()
    {
        string[] Names(string folder) => [.. Directory.GetFiles(Repository.PathOf("src", "ClosedLoop.Data", "Migrations", folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(Names("sqlite"), Names("postgres"));
    }

    [PostgresFact]
    public async Task Processes_that_start_together_on_one_server_apply_each_script_once()
    {
        var connection = (await PostgresServer.SharedAsync()).CreateDatabase();
        var children = Enumerable.Range(0, 3).Select(_ => ChildProcess.Start("migrate", connection)).ToList();
        foreach (var child in children)
        {
            await child.WaitForExitAsync();
            Assert.Equal(0, child.ExitCode);
            child.Dispose();
        }

        Assert.Equal(Migrator.Latest, Migrator.VersionOf(Database.Postgres(connection)));
    }

    [PostgresFact]
    public async Task A_database_that_cannot_hold_every_text_is_refused()
    {
        var server = await PostgresServer.SharedAsync();
        server.Execute("postgres", "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        var database = Database.Postgres(server.CreateDatabase().Split("Database=")[0] + "Database=ascii");
        Assert.Contains("CL3303", Assert.Throws<UnsuitableServerException>(() => Migrator.Migrate(database, TimeProvider.System)).Message, StringComparison.Ordinal);
        Assert.Equal(0, Migrator.VersionOf(database));
    }
}

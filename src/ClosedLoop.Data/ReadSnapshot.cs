using System.Data.Common;

namespace ClosedLoop.Data;

/// <summary>A connection that sees the database at one moment, however many statements it reads with.</summary>
public sealed class ReadSnapshot : IDisposable
{
    private ReadSnapshot(DbConnection connection) => Connection = connection;

    public DbConnection Connection { get; }

    public static ReadSnapshot Open(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var connection = database.OpenRead();

        // A transaction of PostgreSQL sees each commit as it comes unless it says otherwise.
        Execute(connection, database.Kind == DatabaseKind.Postgres ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN");
        return new ReadSnapshot(connection);
    }

    public void Dispose()
    {
        Execute(Connection, "ROLLBACK");
        Connection.Dispose();
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Execute();
    }
}

using System.Data.Common;
using ClosedLoop.Data.Engines;

namespace ClosedLoop.Data;

/// <summary>
/// The one database of an installation: an SQLite file or a PostgreSQL database. Reads open a connection each (pooled);
/// every write goes through <see cref="LedgerWriter"/>, because an fsync is worth sharing and stamps need one order.
/// </summary>
public sealed class Database
{
    /// <param name="path">SQLite file; its folder is created.</param>
    public Database(string path)
        : this(new SqliteEngine(path))
    {
    }

    private Database(DatabaseEngine engine) => Engine = engine;

    public DatabaseKind Kind => Engine.Kind;

    /// <summary>The SQLite file.</summary>
    /// <exception cref="InvalidOperationException">The database is not a file.</exception>
    public string Path => (Engine as SqliteEngine)?.Path ?? throw new InvalidOperationException("A PostgreSQL database has no path.");

    /// <summary>What to call the database in a message: the file, or host, port and name. Never a password.</summary>
    public string DisplayName => Engine.DisplayName;

    internal DatabaseEngine Engine { get; }

    /// <summary>A PostgreSQL database; nothing is opened yet.</summary>
    /// <param name="connectionString">As Npgsql reads it, with or without password.</param>
    /// <exception cref="ArgumentException">The text is no connection string, or names no host or database.</exception>
    public static Database Postgres(string connectionString) => new(new Postgres.PostgresEngine(connectionString));

    /// <summary>Connections for grain state on PostgreSQL, which is beside the writer.</summary>
    /// <exception cref="InvalidOperationException">The database is a file.</exception>
    public DbDataSource CreateSource() => (Engine as Postgres.PostgresEngine)?.Source() ?? throw new InvalidOperationException("An SQLite database has no data source of its own.");

    /// <summary>Opens a connection to read with.</summary>
    public DbConnection OpenRead() => Engine.OpenRead();

    /// <summary>Opens a connection to write with; only the writer, the migrations and grain state do.</summary>
    public DbConnection OpenWrite() => Engine.OpenWrite();
}

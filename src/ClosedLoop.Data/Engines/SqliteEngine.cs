using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace ClosedLoop.Data.Engines;

/// <summary>A file. A reading connection is a snapshot of the WAL; SQLite has one writer.</summary>
internal sealed class SqliteEngine : DatabaseEngine
{
    private readonly string _connectionString;

    static SqliteEngine()
    {
        Batteries_V2.Init();

        // A connection is used by one thread at a time here, so SQLite need not lock it; and nobody reads its memory statistics, which cost a
        // lock for every allocation. Once SQLite is in use both calls are refused, which does no harm.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteEngine(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = true,
            DefaultTimeout = 30,
        }.ToString();
    }

    public string Path { get; }

    public override DatabaseKind Kind => DatabaseKind.Sqlite;

    public override string DisplayName => Path;

    public override string ScriptFolder => "sqlite";

    public override string BeginMigration => "BEGIN IMMEDIATE";

    public override DbConnection OpenRead() => Open("PRAGMA query_only = 1; PRAGMA busy_timeout = 30000; PRAGMA cache_size = -8000;");

    public override DbConnection OpenWrite() => Open(
        """
        PRAGMA query_only = 0;
        PRAGMA busy_timeout = 30000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA cache_size = -32000;
        PRAGMA wal_autocheckpoint = 16000;
        """);

    public override WriteSession OpenSession(TimeProvider time, ILogger logger) => new SqliteWriteSession(this, time);

    private SqliteConnection Open(string pragmas)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is one of the two constants above
            command.CommandText = pragmas;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

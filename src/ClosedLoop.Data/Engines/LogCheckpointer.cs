using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClosedLoop.Data.Engines;

/// <summary>
/// Moves what the writer has appended to the write-ahead log into the database file, beside the writer instead of in its commits. Only the
/// last piece before the log begins anew is left to the writer (<c>wal_autocheckpoint</c>), because SQLite starts the log again only when all of it has been
/// moved (SQLite, "Write-Ahead Logging", section 2.2).
/// </summary>
internal sealed class LogCheckpointer : IDisposable
{
    /// <summary>Pages appended before a pass: enough that pages which are written again and again are moved once.</summary>
    private const int PagesPerPass = 3_000;

    private readonly SqliteConnection _connection;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private volatile bool _ending;
    private int _lastPass;

    public LogCheckpointer(SqliteEngine database)
    {
        _connection = (SqliteConnection)database.OpenWrite();
        _thread = new Thread(Run) { IsBackground = true, Name = "log checkpointer" };
        _thread.Start();
    }

    /// <summary>Told after a commit; starts a pass when enough has been appended.</summary>
    public void Committed(DbConnection writer)
    {
        // Pages the connection has written since it was opened (sqlite3_db_status, SQLITE_DBSTATUS_CACHE_WRITE).
        var result = raw.sqlite3_db_status(((SqliteConnection)writer).Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 0);
        if (result != raw.SQLITE_OK || written - _lastPass < PagesPerPass) return;
        _lastPass = written;
        _wake.Set();
    }

    public void Dispose()
    {
        _ending = true;
        _wake.Set();
        _thread.Join();
        _connection.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne();
            if (_ending) return;

            // A pass that fails (disk full, a reader in the way) loses nothing: the log still has it all, and the writer's own checkpoint reports what does not pass by itself.
            _ = raw.sqlite3_wal_checkpoint_v2(_connection.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        }
    }
}

using System.Data.Common;
using ClosedLoop.Model;

namespace ClosedLoop.Data.Engines;

/// <summary>SQLite keeps other writers out by itself, so stamps are given from memory and only reserved in the database.</summary>
internal sealed class SqliteWriteSession : WriteSession
{
    /// <summary>Microseconds of stamps reserved at a time.</summary>
    private const long StampReserve = 1_000_000;

    private readonly TimeProvider _time;
    private readonly DbConnection _connection;
    private readonly WriteContext _context;
    private readonly LogCheckpointer _checkpointer;
    private long _lastStamp;
    private long _ceiling;
    private long _raised;
    private bool _syncs = true;
    private bool _open;

    public SqliteWriteSession(SqliteEngine engine, TimeProvider time)
    {
        _time = time;
        _connection = engine.OpenWrite();
        _context = new WriteContext(_connection);
        _checkpointer = new LogCheckpointer(engine);
        _lastStamp = _ceiling = HighestStamp();
    }

    public override WriteContext Context => _context;

    public override void Begin(bool isLasting)
    {
        SyncAtCommit(isLasting);
        _context.Execute("BEGIN IMMEDIATE");
        _open = true;
        _context.Stamp = _lastStamp = Math.Max(_lastStamp + 1, _time.NowMicroseconds());
        _raised = RaiseCeiling();
    }

    public override void Commit()
    {
        _context.Execute("COMMIT");
        _open = false;
        _ceiling = _raised;
    }

    public override Aftermath Recover(Exception error)
    {
        if (!_open) return Aftermath.Failed;
        _open = false;
        try
        {
            _context.Execute("ROLLBACK");
        }
        catch (DbException)
        {
            // SQLite has already rolled back by itself (disk full, I/O error); there is nothing left to undo.
        }

        return Aftermath.Failed;
    }

    public override void Committed() => _checkpointer.Committed(_connection);

    protected override void Dispose(bool disposing)
    {
        _checkpointer.Dispose();
        _context.Dispose();
        _connection.Dispose();
    }

    /// <summary>
    /// A commit that is not synced is in the log all the same, in its place; the next one that is synced makes both last, because it syncs the
    /// whole log (SQLite, PRAGMA synchronous: NORMAL and FULL in WAL mode).
    /// </summary>
    private void SyncAtCommit(bool wanted)
    {
        if (wanted == _syncs) return;
        _context.Execute(wanted ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        _syncs = wanted;
    }

    /// <summary>
    /// A clock that was set back while the process was down must not let a new row slip before an older one, or before a
    /// cut-off that has been exported: stamping goes on above everything an earlier process can have used.
    /// </summary>
    private long HighestStamp() => Math.Max(
        _context.Scalar("SELECT MAX(cut_to) FROM export_run"),
        _context.Scalar("SELECT next FROM id_sequence WHERE name = 'stamp'"));

    /// <summary>
    /// Stamps are reserved a second ahead in the transaction that first goes past the last reservation, so that what the
    /// next start reads is never below a stamp in use, at the price of one small write a second.
    /// </summary>
    private long RaiseCeiling()
    {
        if (_context.Stamp <= _ceiling) return _ceiling;
        var ceiling = _context.Stamp + StampReserve;
        _context.Execute("INSERT INTO id_sequence (name, next) VALUES ('stamp', $1) ON CONFLICT (name) DO UPDATE SET next = excluded.next", ceiling);
        return ceiling;
    }
}

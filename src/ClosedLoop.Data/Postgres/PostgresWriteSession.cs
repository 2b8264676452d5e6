using System.Data;
using ClosedLoop.Data.Engines;
using ClosedLoop.Model;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClosedLoop.Data.Postgres;

/// <summary>
/// Every transaction of every writer begins with one advisory lock and holds it until it has ended. So stamps are given, and become visible, in one
/// order over all silos, and a write may look and then act as it may on SQLite (docs/decisions/017-two-databases.md).
/// </summary>
internal sealed partial class PostgresWriteSession : WriteSession
{
    /// <summary>Microseconds of a day, the width of a partition of <c>event</c>.</summary>
    private const long Day = 86_400_000_000;

    /// <summary>Commits between two removals of old marks.</summary>
    private const int CommitsPerSweep = 1_000;

    /// <summary>Microseconds that a mark is kept; needed only until its writer has a connection again.</summary>
    private const long MarkKept = 86_400_000_000;

    private readonly Guid _writer = Guid.NewGuid();
    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private NpgsqlConnection _connection;
    private NpgsqlBatch _begin = null!;
    private NpgsqlBatch _commit = null!;
    private WriteContext _context = null!;
    private Stage _stage;
    private long _stamp;
    private long _day;
    private int _sinceSweep = CommitsPerSweep;

    public PostgresWriteSession(PostgresEngine engine, TimeProvider time, ILogger logger)
    {
        _time = time;
        _logger = logger;
        _connectionString = engine.ForWriter($"closedloop writer {_writer:N}");

        // Waits for a server that is just starting, as everybody does who opens a connection to read.
        using (engine.OpenWrite())
        {
        }

        _connection = Connect();
    }

    private enum Stage
    {
        /// <summary>No transaction.</summary>
        Idle,

        /// <summary>A transaction that has not been asked to commit: nothing of it can outlast its connection.</summary>
        Open,

        /// <summary>Asked to commit: without the answer, either may be true.</summary>
        Committing,
    }

    public override WriteContext Context => _context;

    /// <inheritdoc/>
    /// <param name="isLasting">Every commit lasts here: the server can fail alone and take back what this process goes on to build on.</param>
    public override void Begin(bool isLasting)
    {
        _stage = Stage.Open;
        ((NpgsqlParameter<long>)_begin.BatchCommands[2].Parameters[2]).TypedValue = _time.NowMicroseconds();
        _context.Stamp = _stamp = Locked(() => (long)_begin.ExecuteScalar()!);
        var day = _context.Stamp / Day;
        if (day == _day && _sinceSweep < CommitsPerSweep) return;

        // Made a day ahead, when no reader can have a lock on them yet. Repeated when this transaction does not commit.
        _context.Execute("SELECT event_partition($1), event_partition($1 + 1), event_partitions_drop($1)", day);
        _context.Execute("DELETE FROM write_mark WHERE stamp < $1", _context.Stamp - MarkKept);
    }

    public override void Commit()
    {
        _stage = Stage.Committing;
        _commit.ExecuteNonQuery();
        _stage = Stage.Idle;
        _sinceSweep = _sinceSweep < CommitsPerSweep ? _sinceSweep + 1 : 0;
        _day = _stamp / Day;
    }

    public override Aftermath Recover(Exception error)
    {
        var stage = _stage;
        _stage = Stage.Idle;
        if (_connection.FullState == ConnectionState.Open && TryRollback()) return Aftermath.Failed;
        return Reconnect(stage, error);
    }

    public override void Stop() => _stop.Cancel();

    protected override void Dispose(bool disposing)
    {
        Close();
        _stop.Dispose();
    }

    private bool TryRollback()
    {
        try
        {
            _context.Execute("ROLLBACK");
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private void Close()
    {
        _context.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    private NpgsqlBatch Batch(params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(_connection);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        return batch;
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using ClosedLoop.Model;

namespace ClosedLoop.Data;

/// <summary>
/// The only writer of the database in this process. Writes queue up while a commit is being flushed and share the next
/// one, so that the number of fsyncs follows the disk and not the number of recipients. A write that has been awaited is
/// durable.
/// </summary>
public sealed class LedgerWriter : IAsyncDisposable
{
    /// <summary>Most writes that share one commit: bounds how long the first of them waits.</summary>
    private const int MostPerCommit = 512;

    /// <summary>Microseconds of stamps reserved at a time.</summary>
    private const long StampReserve = 1_000_000;

    private readonly BlockingCollection<Pending> _queue = new(boundedCapacity: 8192);
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly DbConnection _connection;
    private readonly WriteContext _context;
    private readonly LogCheckpointer _checkpointer;
    private long _lastStamp;
    private long _ceiling;
    private long _commits;
    private long _writes;
    private long _processorTime;
    private bool _syncs = true;
    private int _disposed;

    public LedgerWriter(Database database, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(database);
        _time = time;
        _connection = database.OpenWrite();
        _context = new WriteContext(_connection);
        _checkpointer = new LogCheckpointer(database);
        _lastStamp = _ceiling = HighestStamp();
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger writer" };
        _thread.Start();
    }

    /// <summary>Commits since start.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Writes since start; divided by <see cref="Commits"/> it is the gain of sharing.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Processor time the writer has taken.</summary>
    public TimeSpan ProcessorTime => TimeSpan.FromTicks(Interlocked.Read(ref _processorTime) / TimeSpan.NanosecondsPerTick);

    /// <summary>
    /// Runs <paramref name="write"/> in a transaction and completes when it is on disk. The delegate may run twice (when
    /// another write of the same commit failed), so it must do nothing but write to the database.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<WriteContext, T> write) => WriteAsync(write, isLasting: true);

    public Task WriteAsync(Action<WriteContext> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return WriteAsync(context =>
        {
            write(context);
            return true;
        });
    }

    /// <summary>
    /// The same without waiting for the disk: seen by everybody at once, but certain to outlast a power cut only when a later
    /// <see cref="WriteAsync{T}(Func{WriteContext, T})"/> has been awaited. For what is nothing until such a write completes it.
    /// </summary>
    public Task WriteAheadAsync(Action<WriteContext> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return WriteAsync(
            context =>
            {
                write(context);
                return true;
            },
            isLasting: false);
    }

    public ValueTask DisposeAsync()
    {
        // The container may dispose twice; the queue itself cannot be asked once it is gone.
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return ValueTask.CompletedTask;
        _queue.CompleteAdding();
        _thread.Join();
        _checkpointer.Dispose();
        _context.Dispose();
        _connection.Dispose();
        _queue.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<T> WriteAsync<T>(Func<WriteContext, T> write, bool isLasting)
    {
        ArgumentNullException.ThrowIfNull(write);
        var pending = new Pending<T>(write) { IsLasting = isLasting };
        _queue.Add(pending);
        return pending.Task;
    }

    private void Run()
    {
        var batch = new List<Pending>(MostPerCommit);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < MostPerCommit && _queue.TryTake(out var next)) batch.Add(next);
            Commit(batch);
            batch.Clear();
            Interlocked.Exchange(ref _processorTime, ThreadClock.Nanoseconds);
        }
    }

    private void Commit(List<Pending> batch)
    {
        if (TryCommit(batch, out var error)) return;
        if (batch.Count == 1)
        {
            batch[0].Fail(error!);
            return;
        }

        // One write of the group is at fault. Each gets a transaction of its own, so that only that one fails.
        foreach (var pending in batch)
        {
            if (!TryCommit([pending], out error)) pending.Fail(error!);
        }
    }

    private bool TryCommit(List<Pending> batch, out Exception? error)
    {
        error = null;
        var open = false;
        try
        {
            SyncAtCommit(batch.Exists(pending => pending.IsLasting));
            _context.Execute("BEGIN IMMEDIATE");
            open = true;
            _context.Stamp = _lastStamp = Math.Max(_lastStamp + 1, _time.NowMicroseconds());
            var ceiling = RaiseCeiling();
            foreach (var pending in batch) pending.Run(_context);
            _context.Execute("COMMIT");
            _ceiling = ceiling;
        }
#pragma warning disable CA1031 // whatever a write throws belongs to its caller, and the writer must live on
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = e;
            if (open) TryRollback();
            return false;
        }

        // Only now is the result true: a caller that is told earlier could act on a row that a power cut takes back.
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _writes, batch.Count);
        foreach (var pending in batch) pending.Succeed();
        _checkpointer.Committed(_connection);
        return true;
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

    private void TryRollback()
    {
        try
        {
            _context.Execute("ROLLBACK");
        }
        catch (DbException)
        {
            // SQLite has already rolled back by itself (disk full, I/O error); there is nothing left to undo.
        }
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

    private abstract class Pending
    {
        public required bool IsLasting { get; init; }

        public abstract void Run(WriteContext context);

        public abstract void Succeed();

        public abstract void Fail(Exception error);
    }

    private sealed class Pending<T>(Func<WriteContext, T> write) : Pending
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override void Run(WriteContext context) => _result = write(context);

        public override void Succeed() => _done.SetResult(_result);

        public override void Fail(Exception error) => _done.SetException(error);
    }
}

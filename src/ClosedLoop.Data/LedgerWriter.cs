using System.Collections.Concurrent;
using ClosedLoop.Data.Engines;
using ClosedLoop.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Data;

/// <summary>
/// The only writer of the database in this process. Writes queue up while a commit is being flushed and share the next
/// one, so that the number of fsyncs follows the disk and not the number of recipients. A write that has been awaited is
/// durable. Whoever writes under a <see cref="Silos.WorkHold"/> writes nothing once it was lost.
/// </summary>
public sealed class LedgerWriter : IAsyncDisposable
{
    /// <summary>Most writes that share one commit: bounds how long the first of them waits.</summary>
    private const int MostPerCommit = 512;

    /// <summary>How often writes are repeated because the connection was lost with them, before they fail: one of them may be what breaks it.</summary>
    private const int MostRepeats = 25;

    private readonly BlockingCollection<Pending> _queue = new(boundedCapacity: 8192);
    private readonly Thread _thread;
    private readonly WriteSession _session;
    private long _commits;
    private long _writes;
    private long _processorTime;
    private int _disposed;

    public LedgerWriter(Database database, TimeProvider time, ILogger<LedgerWriter>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        _session = database.Engine.OpenSession(time, logger ?? NullLogger<LedgerWriter>.Instance);
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
    /// another write of the same commit failed, or the connection to the database was lost), so it must do nothing but write to the database.
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
        _session.Stop();
        _thread.Join();
        _session.Dispose();
        _queue.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<T> WriteAsync<T>(Func<WriteContext, T> write, bool isLasting)
    {
        ArgumentNullException.ThrowIfNull(write);
        var pending = new Pending<T>(write, Silos.WorkHold.Current) { IsLasting = isLasting };
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
        var isLasting = batch.Exists(pending => pending.IsLasting);
        for (var repeats = 0; ; repeats++)
        {
            try
            {
                _session.Begin(isLasting);
                foreach (var pending in batch) pending.Run(_session.Context);
                _session.Commit();
            }
#pragma warning disable CA1031 // whatever a write throws belongs to its caller, and the writer must live on
            catch (Exception e)
#pragma warning restore CA1031
            {
                error = e;
                var aftermath = _session.Recover(e);
                if (aftermath == Aftermath.Lost && repeats < MostRepeats) continue;
                if (aftermath != Aftermath.Committed) return false;
            }

            break;
        }

        // Only now is the result true: a caller that is told earlier could act on a row that a power cut takes back.
        error = null;
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _writes, batch.Count);
        foreach (var pending in batch) pending.Succeed();
        _session.Committed();
        return true;
    }

    private abstract class Pending
    {
        public required bool IsLasting { get; init; }

        public abstract void Run(WriteContext context);

        public abstract void Succeed();

        public abstract void Fail(Exception error);
    }

    private sealed class Pending<T>(Func<WriteContext, T> write, Silos.WorkHold? hold) : Pending
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override void Run(WriteContext context)
        {
            hold?.Require(context);
            _result = write(context);
        }

        public override void Succeed() => _done.SetResult(_result);

        public override void Fail(Exception error) => _done.SetException(error);
    }
}

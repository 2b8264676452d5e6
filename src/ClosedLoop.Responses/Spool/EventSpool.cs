using ClosedLoop.Model.Events;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Spool;

/// <summary>
/// Append-only, checksummed log of tracked events on the local disk. An append is acknowledged after its bytes are on the disk;
/// all appends that arrive while the disk is busy share the next flush, so the rate does not depend on the cost of one flush.
/// A drain reads it in order, stores the events elsewhere, and confirms; confirmed segments are deleted.
/// Safe for concurrent use; one process per folder.
/// </summary>
public sealed partial class EventSpool : IAsyncDisposable
{
    private readonly EventSpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<string, ISpoolFile> _create;
    private readonly FileStream _lock;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly TaskCompletionSource _writerEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SpoolAppends _waiting = new();
    private SpoolAppends _spare = new();
    private int _unsyncedBytes;
    private bool _closed;

    private EventSpool(EventSpoolOptions options, TimeProvider time, ILogger logger, Func<string, ISpoolFile> create, FileStream @lock)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _create = create;
        _lock = @lock;
    }

    /// <summary>Opens the folder, cuts what a crash left unfinished, and starts the writer.</summary>
    /// <exception cref="SpoolException">Another process has the folder open.</exception>
    /// <exception cref="IOException">The folder cannot be made, read or locked.</exception>
    public static EventSpool Open(EventSpoolOptions options, TimeProvider time, ILogger<EventSpool> logger) =>
        Open(options, time, logger, path => new SpoolFile(path));

    internal static EventSpool Open(EventSpoolOptions options, TimeProvider time, ILogger logger, Func<string, ISpoolFile> create)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        options.Validate();
        Directory.CreateDirectory(options.Directory);
        var spool = new EventSpool(options, time, logger, create, Lock(options.Directory));
        try
        {
            spool.LoadSegments();
        }
        catch
        {
            spool._lock.Dispose();
            throw;
        }
        new Thread(spool.Write) { IsBackground = true, Name = "event spool writer" }.Start();
        return spool;
    }

    /// <summary>Completes when the event is on the disk; fails with <see cref="SpoolException"/> when it is not and will not be.</summary>
    public Task AppendAsync(TrackedEvent tracked)
    {
        Span<byte> record = stackalloc byte[TrackedEventCodec.MaxLength];
        return Append(record[..TrackedEventCodec.Write(record, tracked)]);
    }

    internal Task Append(ReadOnlySpan<byte> record)
    {
        if (record.Length > _options.MaxRecordBytes)
            return Refused(SpoolError.RecordTooLarge, $"The record has {record.Length} bytes; the spool takes at most {_options.MaxRecordBytes}.");
        var length = SpoolFrame.HeaderLength + record.Length;
        lock (_gate)
        {
            if (_closed)
                return Refused(SpoolError.Closed, $"The event spool {_options.Directory} is closed.");
            if (_unsyncedBytes + length > _options.MaxUnsyncedBytes)
            {
                return Refused(
                    SpoolError.QueueFull,
                    $"{_unsyncedBytes} bytes wait for the disk of the event spool {_options.Directory}; at most {_options.MaxUnsyncedBytes} may. The disk is slow or hangs.");
            }
            _unsyncedBytes += length;
            _waiting.Add(record);
            if (_waiting.Length == length)
                Wake();
            return _waiting.Durable;
        }
    }

    /// <summary>Writes what was accepted, then closes. Appends after this are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                Wake();
            }
        }
        await _writerEnded.Task;
        CloseSegment();
        _work.Dispose();
        await _lock.DisposeAsync();
    }

    private static FileStream Lock(string directory)
    {
        var path = Path.Combine(directory, "spool.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause) when (cause is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new SpoolException(SpoolError.InUse, $"The event spool {directory} cannot be locked: another process has it open. Give each process its own folder.", cause);
        }
    }

    private static Task Refused(SpoolError error, string message) => Task.FromException(new SpoolException(error, message));

    private void Wake()
    {
        if (_work.CurrentCount == 0)
            _work.Release();
    }
}

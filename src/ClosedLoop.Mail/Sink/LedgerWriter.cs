using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace ClosedLoop.Mail.Sink;

/// <summary>
/// Appends messages and ledger lines and forces them to disk, one fsync for all sessions that wait. A thread of its own: it blocks in
/// fsync most of the time, which no pool thread should.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly SafeFileHandle? _ledger;
    private readonly SafeFileHandle? _store;
    private readonly string? _storeName;
    private readonly Thread _thread;
    private readonly ArrayBufferWriter<byte> _lines = new(65536);
    private readonly Utf8JsonWriter _json;
    private readonly List<ReadOnlyMemory<byte>> _raw = [];
    private List<PendingMessage> _queue = [];
    private List<PendingMessage> _batch = [];
    private long _ledgerEnd;
    private long _storeEnd;
    private long _count;
    private bool _stopping;
    private Exception? _failure;

    public LedgerWriter(string? ledgerPath, bool store)
    {
        _json = new Utf8JsonWriter(_lines, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        if (ledgerPath is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(ledgerPath))!);
            _ledger = Open(ledgerPath);
            (_ledgerEnd, _count) = CutTornLine(_ledger);
            if (store)
            {
                // Octets behind the last recorded message belong to none and stay unread; nothing points at them.
                _storeName = Path.GetFileName(ledgerPath) + ".store";
                _store = Open(ledgerPath + ".store");
                _storeEnd = RandomAccess.GetLength(_store);
            }
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "sink ledger" };
        _thread.Start();
    }

    /// <summary>Messages in the ledger, those of earlier runs included.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Completes when the message is on disk.</summary>
    public ValueTask<SinkRecord> AppendAsync(PendingMessage message)
    {
        message.Reset();
        var task = message.Task;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _queue.Add(message);
            if (_queue.Count > 1)
                return task;
        }

        _work.Release();
        return task;
    }

    /// <summary>Writes what is queued and closes the files.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping)
                return;
            _stopping = true;
        }

        _work.Release();
        _thread.Join();
        _json.Dispose();
        _work.Dispose();
        _ledger?.Dispose();
        _store?.Dispose();
    }

    private static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    /// <summary>A line without its end was being written when the process died: no 250 was given for it, so it never happened.</summary>
    private static (long End, long Count) CutTornLine(SafeFileHandle file)
    {
        var buffer = new byte[65536];
        long end = 0;
        long count = 0;
        long position = 0;
        while (RandomAccess.Read(file, buffer, position) is > 0 and var read)
        {
            var span = buffer.AsSpan(0, read);
            count += span.Count((byte)'\n');
            var last = span.LastIndexOf((byte)'\n');
            if (last >= 0)
                end = position + last + 1;
            position += read;
        }

        if (position > end)
        {
            RandomAccess.SetLength(file, end);
            RandomAccess.FlushToDisk(file);
        }

        return (end, count);
    }

    private void Run()
    {
        while (true)
        {
            _work.Wait();
            lock (_gate)
            {
                (_queue, _batch) = (_batch, _queue);
                if (_batch.Count == 0 && _stopping)
                    return;
            }

            try
            {
                // After a failed write nobody knows what the file holds: nothing more is promised until a restart has read it.
                if (_failure is not null)
                    throw _failure;
                WriteBatch();
                foreach (var message in _batch)
                    message.Complete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _failure = e;
                foreach (var message in _batch)
                    message.Fail(e);
            }

            _batch.Clear();
        }
    }

    private void WriteBatch()
    {
        var count = _count;
        var storeEnd = _storeEnd;
        foreach (var message in _batch)
        {
            message.Written = message.Draft with { N = ++count, File = _storeName, Offset = _store is null ? null : storeEnd };
            storeEnd += message.Raw.Length;
        }

        if (_store is not null)
        {
            _raw.Clear();
            foreach (var message in _batch)
                _raw.Add(message.Raw);
            RandomAccess.Write(_store, _raw, _storeEnd);

            // The raw text is on disk before the line that points at it: a ledger line never promises what is not there.
            RandomAccess.FlushToDisk(_store);
            _storeEnd = storeEnd;
        }

        if (_ledger is not null)
        {
            _lines.ResetWrittenCount();
            foreach (var message in _batch)
            {
                JsonSerializer.Serialize(_json, message.Written!, SinkJson.Default.SinkRecord);
                _json.Flush();
                _json.Reset();
                _lines.Write("\n"u8);
            }

            RandomAccess.Write(_ledger, _lines.WrittenSpan, _ledgerEnd);

            // 250 takes responsibility (RFC 5321 section 6.1): the line must outlive the machine before any session says it.
            RandomAccess.FlushToDisk(_ledger);
            _ledgerEnd += _lines.WrittenCount;
        }

        Interlocked.Exchange(ref _count, count);
    }
}

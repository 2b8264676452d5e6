using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// Writes one file of the export dialect (spec section 17.2) straight into a UTF-8 buffer: no string is made per field, and
/// rows, bytes and hash are known at the end. Why not a library: docs/decisions/004-export-writer.md.
/// </summary>
internal sealed class ExportCsvWriter : IDisposable
{
    private const int FlushAt = 64 * 1024;

    private static readonly SearchValues<byte> Special = SearchValues.Create("\"\r\n"u8);

    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ExportTime _time;
    private readonly bool _quoteAll;
    private byte[] _buffer = new byte[FlushAt + 4096];
    private int _used;
    private bool _inRow;

    /// <param name="path">File to write; an older one is replaced.</param>
    /// <param name="format">Zone, header and quoting.</param>
    /// <param name="columns">Headings.</param>
    public ExportCsvWriter(string path, ExportFormat format, IReadOnlyList<string> columns)
    {
        _time = new ExportTime(format.Zone);
        _quoteAll = format.QuoteAll;
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (!format.Header) return;
        foreach (var column in columns) Text(column);
        EndRow();
        Rows = 0;
    }

    /// <summary>Rows without the header.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes handed to the file so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>NULL: nothing between the separators.</summary>
    public void Null() => Begin(0);

    public void Number(long value)
    {
        Begin(24);
        Quote();
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_used), out var written);
        _used += written;
        Quote();
    }

    /// <summary>A point in time in microseconds.</summary>
    public void Time(long? microseconds)
    {
        Begin(ExportTime.Length + 2);
        if (microseconds is not { } instant) return;
        Quote();
        _time.Format(instant).CopyTo(_buffer.AsSpan(_used));
        _used += ExportTime.Length;
        Quote();
    }

    /// <summary>A text known to need no escaping.</summary>
    public void Word(ReadOnlySpan<byte> value)
    {
        Begin(value.Length + 2);
        Quote();
        value.CopyTo(_buffer.AsSpan(_used));
        _used += value.Length;
        Quote();
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        // A quote may double every byte of the text.
        Begin((value.Length * 6) + 2);
        var start = _used;
        _buffer[start] = (byte)'"';
        var written = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(start + 1));
        var text = _buffer.AsSpan(start + 1, written);
        if (text.ContainsAny(Special)) written = Escape(_buffer.AsSpan(start + 1), written);
        if (_quoteAll || written == 0 || _buffer.AsSpan(start + 1, written).ContainsAny((byte)'"', (byte)';'))
        {
            _used = start + 1 + written;
            _buffer[_used++] = (byte)'"';
        }
        else
        {
            _buffer.AsSpan(start + 1, written).CopyTo(_buffer.AsSpan(start));
            _used = start + written;
        }
    }

    public void EndRow()
    {
        _buffer[_used++] = (byte)'\n';
        _inRow = false;
        Rows++;
        if (_used >= FlushAt) Flush();
    }

    /// <summary>Puts everything on the disk.</summary>
    /// <returns>The hash of the content, lower-case hex.</returns>
    public string Finish()
    {
        Flush();
        _stream.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    /// <summary>Begins a field and makes room for it, its separator and the line end after it.</summary>
    private void Begin(int length)
    {
        var needed = _used + length + 2;
        if (needed > _buffer.Length) Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        if (_inRow) _buffer[_used++] = (byte)';';
        _inRow = true;
    }

    private void Quote()
    {
        if (_quoteAll) _buffer[_used++] = (byte)'"';
    }

    /// <summary>Doubles quotes and makes each line break one blank, so that one row stays one line.</summary>
    private static int Escape(Span<byte> field, int length)
    {
        var copy = ArrayPool<byte>.Shared.Rent(length);
        field[..length].CopyTo(copy);
        var to = 0;
        for (var i = 0; i < length; i++)
        {
            var b = copy[i];
            if (b == '\r' && i + 1 < length && copy[i + 1] == '\n') continue;
            if (b is (byte)'\r' or (byte)'\n') b = (byte)' ';
            field[to++] = b;
            if (b == '"') field[to++] = b;
        }

        ArrayPool<byte>.Shared.Return(copy);
        return to;
    }

    private void Flush()
    {
        _stream.Write(_buffer, 0, _used);
        _hash.AppendData(_buffer, 0, _used);
        Bytes += _used;
        _used = 0;
    }
}

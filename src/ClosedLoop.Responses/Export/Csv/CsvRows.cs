using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ClosedLoop.Responses.Export.Csv;

/// <summary>
/// Rows of the export dialect (spec section 17.2) in a UTF-8 buffer: no string is made per field. What becomes of the rows is decided by who inherits.
/// Why not a library: docs/decisions/004-export-writer.md.
/// </summary>
internal abstract class CsvRows(ExportFormat format, int capacity)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\"\r\n"u8);
    private static readonly SearchValues<byte> Separating = SearchValues.Create("\"\r\n;"u8);

    private readonly ExportTime _time = new(format.Zone);
    private readonly bool _quoteAll = format.QuoteAll;
    private bool _inRow;
    private int _fieldStart;

    /// <summary>Finished rows and the begun one.</summary>
    protected byte[] Buffer { get; private set; } = new byte[capacity];

    protected int Used { get; set; }

    /// <summary>Length the buffer gets when it is too short; more when one row needs more.</summary>
    protected virtual int NextCapacity => (int)Math.Min(Buffer.Length * 2L, Array.MaxLength);

    /// <summary>NULL: nothing between the separators.</summary>
    public void Null() => Begin(0);

    public void Number(long value)
    {
        Begin(24);
        Quote();
        Utf8Formatter.TryFormat(value, Buffer.AsSpan(Used), out var written);
        Used += written;
        Quote();
    }

    /// <summary>A point in time in microseconds.</summary>
    public void Time(long? microseconds)
    {
        Begin(ExportTime.Length + 2);
        if (microseconds is not { } instant) return;
        Quote();
        _time.Format(instant).CopyTo(Buffer.AsSpan(Used));
        Used += ExportTime.Length;
        Quote();
    }

    /// <summary>A text known to need no escaping.</summary>
    public void Word(ReadOnlySpan<byte> value)
    {
        Begin(value.Length + 2);
        Quote();
        value.CopyTo(Buffer.AsSpan(Used));
        Used += value.Length;
        Quote();
    }

    /// <summary>Any text in UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.ContainsAny(_quoteAll ? Special : Separating))
        {
            // A quote may double every byte of the text.
            Begin((utf8.Length * 2) + 2);
            Buffer[Used++] = (byte)'"';
            Escape(utf8);
            if (!_quoteAll && !NeedsQuotes()) return;
            Buffer[Used++] = (byte)'"';
            return;
        }

        Begin(utf8.Length + 2);
        var quoted = _quoteAll || utf8.IsEmpty;
        if (quoted) Buffer[Used++] = (byte)'"';
        utf8.CopyTo(Buffer.AsSpan(Used));
        Used += utf8.Length;
        if (quoted) Buffer[Used++] = (byte)'"';
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var utf8 = length <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(length);
        Text(utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    public void EndRow()
    {
        Buffer[Used++] = (byte)'\n';
        _inRow = false;
        RowEnded();
    }

    /// <summary>A row is complete; the buffer may be emptied.</summary>
    protected abstract void RowEnded();

    /// <summary>Begins a field and makes room for it, its separator and the line end after it.</summary>
    private void Begin(int length)
    {
        var needed = Used + length + 2;
        if (needed > Buffer.Length) Grow(needed);
        if (_inRow) Buffer[Used++] = (byte)';';
        _inRow = true;
        _fieldStart = Used;
    }

    private void Grow(int needed)
    {
        var larger = new byte[Math.Max(needed, NextCapacity)];
        Buffer.AsSpan(0, Used).CopyTo(larger);
        Buffer = larger;
    }

    private void Quote()
    {
        if (_quoteAll) Buffer[Used++] = (byte)'"';
    }

    /// <summary>Doubles quotes and makes each line break one blank, so that one row stays one line.</summary>
    private void Escape(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var plain = text.IndexOfAny(Special);
            if (plain < 0) plain = text.Length;
            text[..plain].CopyTo(Buffer.AsSpan(Used));
            Used += plain;
            if (plain == text.Length) return;
            if (text[plain] == '"')
            {
                Buffer[Used++] = (byte)'"';
                Buffer[Used++] = (byte)'"';
            }
            else
            {
                if (text[plain] == '\r' && plain + 1 < text.Length && text[plain + 1] == '\n') plain++;
                Buffer[Used++] = (byte)' ';
            }

            text = text[(plain + 1)..];
        }
    }

    /// <summary>Whether the escaped field needs the quote it began with; takes it away when it does not.</summary>
    private bool NeedsQuotes()
    {
        var text = Buffer.AsSpan(_fieldStart + 1, Used - _fieldStart - 1);
        if (text.IsEmpty || text.ContainsAny((byte)'"', (byte)';')) return true;
        text.CopyTo(Buffer.AsSpan(_fieldStart));
        Used--;
        return false;
    }
}

namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>A forward stream whose first bytes can be looked at before they are read. Owns the other stream.</summary>
internal class BufferedReadStream(Stream inner) : Stream
{
    private byte[] _head = [];
    private int _used;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Up to so many of the first bytes, before any is read; a second look may not ask for more than the first.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_head.Length > 0) return _head.AsSpan(0, Math.Min(count, _head.Length));
        _head = new byte[count];
        var read = inner.ReadAtLeast(_head, count, throwOnEndOfStream: false);
        Array.Resize(ref _head, read);
        return _head;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_used == _head.Length) return inner.Read(buffer);
        var count = Math.Min(buffer.Length, _head.Length - _used);
        _head.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

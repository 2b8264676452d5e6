namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>A forward stream whose first bytes can be looked at before they are read. Owns the other stream.</summary>
internal class BufferedReadStream(Stream inner) : ForwardStream(inner)
{
    private byte[] _head = [];
    private int _used;

    /// <summary>Up to so many of the first bytes, before any is read; a second look may not ask for more than the first.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_head.Length > 0) return _head.AsSpan(0, Math.Min(count, _head.Length));
        _head = new byte[count];
        var read = Inner.ReadAtLeast(_head, count, throwOnEndOfStream: false);
        Array.Resize(ref _head, read);
        return _head;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_used == _head.Length) return Inner.Read(buffer);
        var count = Math.Min(buffer.Length, _head.Length - _used);
        _head.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        return count;
    }
}

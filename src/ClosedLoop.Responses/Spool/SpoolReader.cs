namespace ClosedLoop.Responses.Spool;

/// <summary>
/// Walks the records of one segment. Where bytes are damaged it looks for the next whole record instead of giving up the rest of the segment.
/// </summary>
internal sealed class SpoolReader : IDisposable
{
    // Several frames of the largest size, so that a frame is always whole in a buffer that starts with it.
    private const int BufferLength = 4 * (SpoolFrame.MaxPayloadLength + SpoolFrame.HeaderLength);

    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _handle;
    private readonly long _end;
    private readonly byte[] _buffer = new byte[BufferLength];
    private long _bufferStart;
    private int _bufferLength;

    public SpoolReader(string path, long offset, long end)
    {
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _end = Math.Min(end, RandomAccess.GetLength(_handle));
        Offset = offset;
        _bufferStart = offset;
    }

    /// <summary>Just after the last record that was read, or after damage that was passed over.</summary>
    public long Offset { get; private set; }

    /// <summary>Just after the last whole record.</summary>
    public long LastWhole { get; private set; }

    public long DamagedBytes { get; private set; }

    public bool TryReadNext(out ReadOnlySpan<byte> payload)
    {
        while (Offset < _end)
        {
            if (SpoolFrame.TryRead(Buffered(), out payload, out var needsMore))
            {
                Offset += SpoolFrame.HeaderLength + payload.Length;
                LastWhole = Offset;
                return true;
            }
            if (needsMore && Refill())
                continue;
            Offset++;
            DamagedBytes++;
        }
        payload = default;
        return false;
    }

    public void Dispose() => _handle.Dispose();

    private ReadOnlySpan<byte> Buffered() => _buffer.AsSpan(0, _bufferLength)[(int)Math.Min(Offset - _bufferStart, _bufferLength)..];

    private bool Refill()
    {
        var wanted = (int)Math.Min(BufferLength, _end - Offset);
        if (_bufferStart == Offset && _bufferLength == wanted)
            return false;
        _bufferStart = Offset;
        _bufferLength = 0;
        while (_bufferLength < wanted)
        {
            var read = RandomAccess.Read(_handle, _buffer.AsSpan(_bufferLength, wanted - _bufferLength), _bufferStart + _bufferLength);
            if (read == 0)
                break;
            _bufferLength += read;
        }
        return _bufferLength == wanted;
    }
}

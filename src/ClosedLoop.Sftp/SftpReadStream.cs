using ClosedLoop.Sftp.Protocol;

namespace ClosedLoop.Sftp;

/// <summary>
/// Reads a file with a window of requests ahead of the caller. A short answer is not the end (draft-ietf-secsh-filexfer-02 section 6.4): its rest
/// is asked for again before anything after it is given out.
/// </summary>
internal sealed class SftpReadStream(SftpSession session, string path, byte[] handle) : Stream
{
    private readonly LinkedList<Block> _ahead = new();
    private Packet? _current;
    private int _taken;
    private long _position;
    private long _asked;
    private int _window = 2;
    private bool _ended;
    private bool _broken;
    private bool _disposed;

    public override bool CanRead => !_disposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty) return 0;
        if (_current is null && !await NextAsync(cancellationToken).ConfigureAwait(false)) return 0;
        var data = _current!.Data[_taken..];
        var count = Math.Min(data.Length, buffer.Length);
        data[..count].CopyTo(buffer);
        _taken += count;
        _position += count;
        if (count == data.Length)
        {
            _current.Dispose();
            _current = null;
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>For callers that have no other way, such as a parser that pulls.</summary>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (Drop()) await session.ReleaseAsync(handle).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Drop()) _ = session.ReleaseAsync(handle);
        base.Dispose(disposing);
    }

    private bool Drop()
    {
        if (_disposed) return false;
        _disposed = true;
        _current?.Dispose();
        foreach (var block in _ahead) PacketPipe.Abandon(block.Answer);
        return true;
    }

    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        if (_ended) return false;

        // A read that was cancelled or failed took its block with it: what follows would have a hole.
        if (_broken) throw new SftpException(SftpError.ConnectionLost, $"read '{path}': an earlier read did not finish; open the file again.");
        _broken = true;
        while (_ahead.Count < _window)
        {
            var answer = await session.BeginReadAsync(handle, _asked, session.BlockSize, cancellation).ConfigureAwait(false);
            _ahead.AddLast(new Block(_asked, session.BlockSize, answer));
            _asked += session.BlockSize;
        }

        var first = _ahead.First!.Value;
        _ahead.RemoveFirst();
        var packet = await session.EndReadAsync(path, first.Answer, first.Count, cancellation).ConfigureAwait(false);
        if (packet is null)
        {
            _broken = false;
            _ended = true;
            return false;
        }

        var length = packet.Data.Length;
        if (length < first.Count)
        {
            var (offset, count) = (first.Offset + length, first.Count - length);
            try
            {
                _ahead.AddFirst(new Block(offset, count, await session.BeginReadAsync(handle, offset, count, cancellation).ConfigureAwait(false)));
            }
            catch
            {
                packet.Dispose();
                throw;
            }
        }

        // Most files are small: the window opens as blocks arrive.
        _window = Math.Min(_window * 2, session.Window);
        _current = packet;
        _taken = 0;
        _broken = false;
        return true;
    }

    private readonly record struct Block(long Offset, int Count, Task<Packet> Answer);
}

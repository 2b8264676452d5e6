using ClosedLoop.Sftp.Protocol;

namespace ClosedLoop.Sftp;

public sealed partial class SftpSession
{
    private const string FSync = "fsync@openssh.com";

    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellation = default)
    {
        var handle = await OpenAsync(path, OpenMode.Read, cancellation).ConfigureAwait(false);
        return new SftpReadStream(this, path, handle);
    }

    public async Task<long> DownloadAsync(string path, Stream target, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var source = await OpenReadAsync(path, cancellation).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            await source.CopyToAsync(target, _options.BlockSize, cancellation).ConfigureAwait(false);
            return source.Position;
        }
    }

    public async Task<long> UploadAsync(string path, Stream source, bool overwrite = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var mode = OpenMode.Write | OpenMode.Create | (overwrite ? OpenMode.Truncate : OpenMode.Exclusive);
        var handle = await OpenAsync(path, mode, cancellation).ConfigureAwait(false);
        long written;
        try
        {
            written = await WriteAllAsync(path, handle, source, cancellation).ConfigureAwait(false);
            if (_extensions.ContainsKey(FSync)) await DoAsync($"sync '{path}'", id => new PacketWriter(PacketType.Extended).UInt32(id).Text(FSync).Bytes(handle).Done(), cancellation).ConfigureAwait(false);
        }
        catch
        {
            await LetGoAsync(handle).ConfigureAwait(false);
            throw;
        }

        // The answer to the close counts: some servers report a full disk or quota only here.
        await DoAsync($"close '{path}'", id => Close(id, handle), cancellation).ConfigureAwait(false);
        return written;
    }

    /// <summary>Asks for a block; the answer is awaited by <see cref="EndReadAsync"/>.</summary>
    internal Task<Task<Packet>> BeginReadAsync(byte[] handle, long offset, int count, CancellationToken cancellation) =>
        _pipe.SendAsync(id => new PacketWriter(PacketType.Read).UInt32(id).Bytes(handle).UInt64((ulong)offset).UInt32((uint)count).Done(), cancellation);

    /// <summary>The block, which may be shorter than asked for; null at the end of the file.</summary>
    internal async Task<Packet?> EndReadAsync(string path, Task<Packet> answer, int count, CancellationToken cancellation)
    {
        var packet = await _pipe.AnswerAsync(answer, cancellation).ConfigureAwait(false);
        try
        {
            if (packet.Type == PacketType.Status && StatusOf(packet) == StatusCode.EndOfFile)
            {
                packet.Dispose();
                return null;
            }

            Expect(packet, PacketType.Data, $"read '{path}'");
            if (packet.Data.Length is var length && (length == 0 || length > count))
                throw new SftpException(SftpError.Protocol, $"read '{path}': the server sent {length} octets; expected 1 to {count}.");
            return packet;
        }
        catch
        {
            packet.Dispose();
            throw;
        }
    }

    internal Task ReleaseAsync(byte[] handle) => LetGoAsync(handle);

    internal int Window => _options.Window;

    internal int BlockSize => _options.BlockSize;

    private Task<byte[]> OpenAsync(string path, OpenMode mode, CancellationToken cancellation)
    {
        var checkedPath = Checked(path);
        return OpenHandleAsync($"open '{path}'", id => new PacketWriter(PacketType.Open).UInt32(id).Text(checkedPath).UInt32((uint)mode).UInt32(0).Done(), cancellation);
    }

    private async Task<long> WriteAllAsync(string path, byte[] handle, Stream source, CancellationToken cancellation)
    {
        var block = new byte[_options.BlockSize];
        var onTheWay = new Queue<Task<Packet>>();
        long offset = 0;
        try
        {
            while (true)
            {
                var count = await source.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
                if (count > 0)
                {
                    var at = (ulong)offset;
                    onTheWay.Enqueue(await _pipe.SendAsync(
                        id => new PacketWriter(PacketType.Write, count + handle.Length + 32).UInt32(id).Bytes(handle).UInt64(at).Bytes(block.AsSpan(0, count)).Done(), cancellation).ConfigureAwait(false));
                    offset += count;
                }

                while (onTheWay.Count >= _options.Window || (count == 0 && onTheWay.Count > 0))
                {
                    using var answer = await _pipe.AnswerAsync(onTheWay.Dequeue(), cancellation).ConfigureAwait(false);
                    Expect(answer, PacketType.Status, $"write '{path}'");
                    if (StatusOf(answer) != StatusCode.Ok) throw Refused(answer, $"write '{path}'");
                }

                if (count == 0) return offset;
            }
        }
        finally
        {
            foreach (var answer in onTheWay) PacketPipe.Abandon(answer);
        }
    }
}

using System.Buffers;
using System.Buffers.Binary;

namespace ClosedLoop.Sftp.Protocol;

/// <summary>An answer of the server, in a rented buffer that its reader gives back.</summary>
internal sealed class Packet(byte[] buffer, int length) : IDisposable
{
    private byte[]? _buffer = buffer;

    public PacketType Type => (PacketType)Buffer[0];

    /// <summary>Of the request it answers; in a version packet the version.</summary>
    public uint Id => BinaryPrimitives.ReadUInt32BigEndian(Buffer.AsSpan(1));

    /// <summary>What follows type and id.</summary>
    public ReadOnlySpan<byte> Body => Buffer.AsSpan(5, length - 5);

    /// <summary>The content of SSH_FXP_DATA.</summary>
    public ReadOnlyMemory<byte> Data
    {
        get
        {
            var size = new PacketReader(Body).Bytes().Length;
            return Buffer.AsMemory(9, size);
        }
    }

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(Packet));

    public void Dispose()
    {
        if (_buffer is { } rented) ArrayPool<byte>.Shared.Return(rented);
        _buffer = null;
    }
}

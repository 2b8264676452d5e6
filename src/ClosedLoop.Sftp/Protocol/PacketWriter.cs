using System.Buffers.Binary;
using System.Text;

namespace ClosedLoop.Sftp.Protocol;

/// <summary>Builds one packet: length, type, id, fields.</summary>
internal sealed class PacketWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private byte[] _bytes;
    private int _used;

    public PacketWriter(PacketType type, int capacity = 256)
    {
        _bytes = new byte[capacity];
        _used = 4;
        Byte((byte)type);
    }

    public PacketWriter Byte(byte value)
    {
        Room(1)[0] = value;
        return this;
    }

    public PacketWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Room(4), value);
        return this;
    }

    public PacketWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Room(8), value);
        return this;
    }

    public PacketWriter Bytes(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        value.CopyTo(Room(value.Length));
        return this;
    }

    public PacketWriter Text(string value) => Bytes(Utf8.GetBytes(value));

    /// <summary>The packet, its length filled in.</summary>
    public ReadOnlyMemory<byte> Done()
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes, _used - 4);
        return _bytes.AsMemory(0, _used);
    }

    private Span<byte> Room(int count)
    {
        if (_used + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + count));
        var room = _bytes.AsSpan(_used, count);
        _used += count;
        return room;
    }
}

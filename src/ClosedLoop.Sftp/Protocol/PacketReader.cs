using System.Buffers.Binary;

namespace ClosedLoop.Sftp.Protocol;

/// <summary>Reads fields of a packet that a server sent: every length is checked against what is there.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> packet)
{
    private ReadOnlySpan<byte> _rest = packet;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public ReadOnlySpan<byte> Bytes()
    {
        var length = UInt32();
        return length <= int.MaxValue ? Take((int)length) : throw Short();
    }

    public SftpAttributes Attributes()
    {
        var flags = UInt32();
        long? size = null;
        uint? mode = null;
        DateTimeOffset? modified = null;
        if ((flags & 0x1) != 0) size = UInt64() is var octets && octets <= long.MaxValue ? (long)octets : throw new SftpException(SftpError.Protocol, $"The server gave a file {octets} octets.");
        if ((flags & 0x2) != 0) Take(8);
        if ((flags & 0x4) != 0) mode = UInt32();
        if ((flags & 0x8) != 0)
        {
            Take(4);
            modified = DateTimeOffset.FromUnixTimeSeconds(UInt32());
        }

        if ((flags & 0x80000000) != 0)
        {
            for (var pairs = UInt32(); pairs > 0; pairs--)
            {
                Bytes();
                Bytes();
            }
        }

        return new SftpAttributes(size, mode, modified);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw Short();
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static SftpException Short() => new(SftpError.Protocol, "The server sent a packet that ends before its fields do.");
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>Writes the body of a unit, and whole units.</summary>
internal sealed class SmppWriter
{
    private readonly ArrayBufferWriter<byte> _output = new(256);

    public byte[] Body => _output.WrittenSpan.ToArray();

    /// <summary>The octets of a unit, header first.</summary>
    public static byte[] Frame(SmppPdu pdu)
    {
        var octets = new byte[SmppPdu.HeaderLength + pdu.Body.Length];
        BinaryPrimitives.WriteInt32BigEndian(octets, octets.Length);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(4), pdu.Command);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(8), pdu.Status);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(12), pdu.Sequence);
        pdu.Body.CopyTo(octets, SmppPdu.HeaderLength);
        return octets;
    }

    public SmppWriter Byte(int value)
    {
        _output.GetSpan(1)[0] = (byte)value;
        _output.Advance(1);
        return this;
    }

    /// <summary>ASCII up to a zero octet; a zero in the text would end it early, so there is none.</summary>
    public SmppWriter Text(string value)
    {
        _output.Write(Encoding.ASCII.GetBytes(value.Replace("\0", "", StringComparison.Ordinal)));
        return Byte(0);
    }

    public SmppWriter Octets(ReadOnlySpan<byte> value)
    {
        _output.Write(value);
        return this;
    }

    /// <summary>An optional parameter.</summary>
    public SmppWriter Tag(ushort tag, ReadOnlySpan<byte> value)
    {
        var head = _output.GetSpan(4);
        BinaryPrimitives.WriteUInt16BigEndian(head, tag);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)value.Length);
        _output.Advance(4);
        _output.Write(value);
        return this;
    }
}

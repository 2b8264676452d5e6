using System.Buffers.Binary;
using System.Text;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>Reads the body of a unit. What is missing at the end reads as empty: message centres leave out more than they may.</summary>
internal ref struct SmppReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public int Byte()
    {
        if (_rest.IsEmpty) return 0;
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public string Text()
    {
        var end = _rest.IndexOf((byte)0);
        var value = Encoding.ASCII.GetString(end < 0 ? _rest : _rest[..end]);
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        return value;
    }

    public ReadOnlySpan<byte> Octets(int length)
    {
        var value = _rest[..Math.Min(length, _rest.Length)];
        _rest = _rest[value.Length..];
        return value;
    }

    /// <summary>Reads all optional parameters to the end.</summary>
    public Dictionary<ushort, byte[]> Tags()
    {
        var tags = new Dictionary<ushort, byte[]>();
        while (_rest.Length >= 4)
        {
            var tag = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            var length = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            _rest = _rest[4..];
            tags[tag] = Octets(length).ToArray();
        }

        return tags;
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace ClosedLoop.Silo.Doctor.Dns;

/// <summary>Questions and answers as octets (RFC 1035 section 4).</summary>
internal static class DnsMessage
{
    private const int HeaderSize = 12;
    private const int MostJumps = 32;

    /// <summary>A question with recursion desired.</summary>
    /// <exception cref="FormatException">A label is empty or longer than 63 octets, or the name longer than 255.</exception>
    public static byte[] Question(ushort id, string name, DnsType type)
    {
        using var message = new MemoryStream();
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteUInt16BigEndian(header, id);
        header[2] = 1;
        header[5] = 1;
        message.Write(header);
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            var octets = Encoding.ASCII.GetBytes(label);
            if (octets.Length is 0 or > 63) throw new FormatException($"'{name}' is no name of the DNS");
            message.WriteByte((byte)octets.Length);
            message.Write(octets);
        }

        message.Write([0, 0, (byte)type, 0, 1]);
        return message.Length <= HeaderSize + 255 + 4 ? message.ToArray() : throw new FormatException($"'{name}' is no name of the DNS");
    }

    /// <summary>Reads an answer to a question.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="question">The question as it was sent.</param>
    /// <param name="type">What was asked for.</param>
    /// <param name="truncated">The server had more to say than fitted: ask by TCP.</param>
    /// <exception cref="InvalidDataException">Not an answer to this question, or damaged.</exception>
    public static DnsAnswer Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question, DnsType type, out bool truncated)
    {
        try
        {
            // An answer repeats id and question; whatever else comes is somebody else's, or forged.
            if ((message[2] & 0x80) == 0 || !message[..2].SequenceEqual(question[..2])) throw new InvalidDataException("not an answer to what was asked");
            truncated = (message[2] & 2) != 0;
            var at = HeaderSize;
            for (var i = BinaryPrimitives.ReadUInt16BigEndian(message[4..]); i > 0; i--)
            {
                if (!string.Equals(Name(message, ref at), Name(question, HeaderSize), StringComparison.OrdinalIgnoreCase)) throw new InvalidDataException("an answer to another question");
                at += 4;
            }

            var values = new List<(int Preference, string Value)>();
            for (var i = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); i > 0 && !truncated; i--)
            {
                _ = Name(message, ref at);
                var found = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
                var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
                at += 10;
                if (found == type) values.Add(Value(message, at, length, type));
                at += length;
            }

            return new DnsAnswer(message[3] & 15, [.. values.OrderBy(value => value.Preference).Select(value => value.Value)]);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("a damaged answer", e);
        }
    }

    /// <summary>The name under which an address is looked up (RFC 1035 section 3.5, RFC 3596 section 2.5).</summary>
    public static string Reverse(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        return octets.Length == 4
            ? string.Join('.', octets.Reverse().Select(octet => octet.ToString(CultureInfo.InvariantCulture))) + ".in-addr.arpa"
            : string.Join('.', octets.Reverse().SelectMany(octet => new[] { $"{octet & 15:x}", $"{octet >> 4:x}" })) + ".ip6.arpa";
    }

    private static (int Preference, string Value) Value(ReadOnlySpan<byte> message, int at, int length, DnsType type)
    {
        switch (type)
        {
            case DnsType.A or DnsType.Aaaa:
                return (0, new IPAddress(message.Slice(at, length)).ToString());
            case DnsType.Mx:
                return (BinaryPrimitives.ReadUInt16BigEndian(message[at..]), Name(message, at + 2));
            case DnsType.Txt:
                var text = new StringBuilder();
                for (var end = at + length; at < end; at += message[at] + 1) text.Append(Encoding.UTF8.GetString(message.Slice(at + 1, message[at])));
                return (0, text.ToString());
            default:
                return (0, Name(message, at));
        }
    }

    private static string Name(ReadOnlySpan<byte> message, int at) => Name(message, ref at);

    /// <summary>Follows compression (RFC 1035 section 4.1.4), a bounded number of times: a name may point at itself.</summary>
    private static string Name(ReadOnlySpan<byte> message, ref int at)
    {
        var labels = new List<string>();
        var (place, jumps) = (at, 0);
        while (message[place] != 0)
        {
            if ((message[place] & 0xC0) == 0xC0)
            {
                if (jumps++ == 0) at = place + 2;
                if (jumps > MostJumps) throw new InvalidDataException("a name that points in circles");
                place = BinaryPrimitives.ReadUInt16BigEndian(message[place..]) & 0x3FFF;
                continue;
            }

            labels.Add(Encoding.ASCII.GetString(message.Slice(place + 1, message[place])));
            place += message[place] + 1;
        }

        if (jumps == 0) at = place + 1;
        return string.Join('.', labels).ToLowerInvariant();
    }
}

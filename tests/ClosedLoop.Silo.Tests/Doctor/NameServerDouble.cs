using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClosedLoop.Silo.Doctor.Dns;

namespace ClosedLoop.Silo.Tests.Doctor;

/// <summary>A name server on loopback, UDP and TCP on one port, that says what it is told to (RFC 1035 section 4).</summary>
internal sealed class NameServerDouble : IDisposable
{
    private readonly Dictionary<(string Name, DnsType Type), string[]> _records = [];
    private readonly UdpClient _udp;
    private readonly TcpListener _tcp;

    public NameServerDouble()
    {
        (_udp, _tcp) = Bind();
        EndPoint = (IPEndPoint)_udp.Client.LocalEndPoint!;
        _ = ServeDatagramsAsync();
        _ = ServeConnectionsAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Before the first answer a datagram with a wrong id is sent, as a forger would.</summary>
    public bool Forges { get; set; }

    public int AskedByTcp { get; private set; }

    public DnsClient Client => new([EndPoint]);

    /// <summary>Texts of more than 400 characters are answered by TCP only.</summary>
    public NameServerDouble With(string name, DnsType type, params string[] values)
    {
        _records[(name, type)] = values;
        return this;
    }

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    /// <summary>A number that is free for datagrams may be taken for connections; then the next one is tried.</summary>
    private static (UdpClient Udp, TcpListener Tcp) Bind()
    {
        while (true)
        {
            var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            var tcp = new TcpListener((IPEndPoint)udp.Client.LocalEndPoint!);
            try
            {
                tcp.Start();
                return (udp, tcp);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                udp.Dispose();
                tcp.Dispose();
            }
        }
    }

    private async Task ServeDatagramsAsync()
    {
        try
        {
            while (true)
            {
                var asked = await _udp.ReceiveAsync();
                var answer = Answer(asked.Buffer, byTcp: false);
                if (Forges)
                {
                    var forged = Answer(asked.Buffer, byTcp: false);
                    forged[0] ^= 0xFF;
                    await _udp.SendAsync(forged, asked.RemoteEndPoint);
                }

                await _udp.SendAsync(answer, asked.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeConnectionsAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptTcpClientAsync();
                var stream = client.GetStream();
                var prefix = new byte[2];
                await stream.ReadExactlyAsync(prefix);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(question);
                AskedByTcp++;
                var answer = Answer(question, byTcp: true);
                BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)answer.Length);
                await stream.WriteAsync(prefix);
                await stream.WriteAsync(answer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // Closed.
        }
    }

    private byte[] Answer(byte[] question, bool byTcp)
    {
        var (labels, at) = (new List<string>(), 12);
        for (; question[at] != 0; at += question[at] + 1) labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        var type = (DnsType)question[at + 2];
        var known = _records.GetValueOrDefault((string.Join('.', labels).ToLowerInvariant(), type));
        using var message = new MemoryStream();
        message.Write(question.AsSpan(0, at + 5));
        var values = known ?? [];
        var isLong = !byTcp && values.Sum(value => value.Length) > 400;
        foreach (var value in isLong ? [] : values) Write(message, type, value);
        var bytes = message.ToArray();
        bytes[2] = (byte)(0x81 | (isLong ? 2 : 0));
        bytes[3] = (byte)(0x80 | (known is null && !_records.Keys.Any(key => key.Name == string.Join('.', labels)) ? DnsAnswer.NoSuchName : 0));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)(isLong ? 0 : values.Length));
        return bytes;
    }

    private static void Write(MemoryStream message, DnsType type, string value)
    {
        // The owner's name points back to the question, as servers compress it.
        message.Write([0xC0, 12, 0, (byte)type, 0, 1, 0, 0, 0, 60]);
        byte[] data = type switch
        {
            DnsType.A or DnsType.Aaaa => IPAddress.Parse(value).GetAddressBytes(),
            DnsType.Mx => [0, 10, .. Name(value)],
            DnsType.Txt => [.. Enumerable.Range(0, (value.Length + 254) / 255).SelectMany(part => Text(value.Substring(part * 255, Math.Min(255, value.Length - (part * 255)))))],
            _ => Name(value),
        };
        message.Write([(byte)(data.Length >> 8), (byte)data.Length]);
        message.Write(data);
    }

    private static byte[] Name(string name) => [.. name.Split('.').SelectMany(Text), 0];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}

using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ClosedLoop.Silo.Doctor.Dns;

/// <summary>Asks a name server for records that the platform's resolver does not give (MX, TXT, PTR by name): by UDP, and by TCP when the answer is long. Nothing is cached.</summary>
/// <param name="servers">Asked in turn until one answers.</param>
internal sealed class DnsClient(IReadOnlyList<IPEndPoint> servers)
{
    private const int Attempts = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The servers of this machine.</summary>
    public static DnsClient OfThisMachine() => new([.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().DnsAddresses).Distinct().Select(address => new IPEndPoint(address, 53))]);

    /// <exception cref="IOException">No server answered.</exception>
    public async Task<DnsAnswer> AskAsync(string name, DnsType type, CancellationToken cancellation)
    {
        Exception? last = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            foreach (var server in servers)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(Patience);
                try
                {
                    return await AskAsync(server, name, type, limit.Token);
                }
                catch (Exception e) when (e is SocketException or InvalidDataException or EndOfStreamException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
                {
                    last = e;
                }
            }
        }

        throw new IOException(servers.Count == 0 ? "this machine names no name server" : $"no name server answers for {name} ({last?.Message})", last);
    }

    private static async Task<DnsAnswer> AskAsync(IPEndPoint server, string name, DnsType type, CancellationToken cancellation)
    {
        var question = DnsMessage.Question(BinaryPrimitives.ReadUInt16BigEndian(RandomNumberGenerator.GetBytes(2)), name, type);
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellation);
        await socket.SendAsync(question, cancellation);
        var buffer = new byte[4096];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellation);
            DnsAnswer answer;
            bool truncated;
            try
            {
                answer = DnsMessage.Read(buffer.AsSpan(0, length), question, type, out truncated);
            }
            catch (InvalidDataException)
            {
                // Anybody can send a datagram; the right answer may still come.
                continue;
            }

            return truncated ? await AskByTcpAsync(server, question, type, cancellation) : answer;
        }
    }

    /// <summary>RFC 1035 section 4.2.2: each message with its length before it.</summary>
    private static async Task<DnsAnswer> AskByTcpAsync(IPEndPoint server, byte[] question, DnsType type, CancellationToken cancellation)
    {
        using var client = new TcpClient(server.AddressFamily);
        await client.ConnectAsync(server, cancellation);
        var stream = client.GetStream();
        byte[] framed = [(byte)(question.Length >> 8), (byte)question.Length, .. question];
        await stream.WriteAsync(framed, cancellation);
        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, cancellation);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(message, cancellation);
        return DnsMessage.Read(message, question, type, out _);
    }
}

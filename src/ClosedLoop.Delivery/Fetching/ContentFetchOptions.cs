using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>Bounds of what this process asks other servers for. Nothing is fetched until a host is allowed.</summary>
public sealed record ContentFetchOptions
{
    /// <summary>Host names, or <c>*.example.com</c> for all names below one; the most that any client's list can allow.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    public IReadOnlyList<int> Ports { get; init; } = [80, 443];

    /// <summary>Networks inside that may be asked all the same. Forms of IPv6 that hide an IPv4 address are refused in any case.</summary>
    public IReadOnlyList<IPNetwork> AllowPrivate { get; init; } = [];

    /// <summary>Name look-up, connection and TLS.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>One attempt, from the look-up to the last octet, redirects included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause before each further attempt; as many attempts follow the first.</summary>
    public IReadOnlyList<TimeSpan> RetryPauses { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    public int MaxRedirects { get; init; } = 3;

    /// <summary>Octets of one text, counted after decompression.</summary>
    public int MaxTextBytes { get; init; } = 256 * 1024;

    /// <summary>Requests at the same time for each entry of the list of hosts.</summary>
    public int PerHost { get; init; } = 8;

    /// <summary>Name look-up; replaced by tests only.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Opens a connection to an address that was checked; replaced by tests only.</summary>
    internal Func<IPEndPoint, CancellationToken, ValueTask<Stream>> Dial { get; init; } = DialAsync;

    private static async ValueTask<Stream> DialAsync(IPEndPoint peer, CancellationToken cancellation)
    {
        var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(peer, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

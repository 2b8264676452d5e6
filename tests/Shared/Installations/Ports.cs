using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Testing.Installations;

internal static class Ports
{
    // Below the range from which systems number outgoing connections: one of those must not take the port while its service is down.
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port of the loopback interface that nobody listens on, and that no other scenario has.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (!Given.TryAdd(port, value: true)) continue;
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody else on this machine: the next one.
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Scenarios.Support;

internal static class Ports
{
    /// <summary>A port of the loopback interface that nobody listens on.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

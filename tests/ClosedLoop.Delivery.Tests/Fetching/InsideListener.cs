using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Delivery.Tests.Fetching;

/// <summary>Something inside that must not be reached: takes connections on both loopback addresses and counts them.</summary>
internal sealed class InsideListener : IDisposable
{
    private readonly List<TcpListener> _listeners = [];
    private int _connections;

    public InsideListener()
    {
        Port = Listen(new TcpListener(IPAddress.Any, 0));
        if (Socket.OSSupportsIPv6) Listen(new TcpListener(IPAddress.IPv6Loopback, Port));
    }

    public int Port { get; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Proves that the count counts.</summary>
    public async Task ProveAsync()
    {
        var before = Connections;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        while (Connections == before) await Task.Yield();
        Interlocked.Decrement(ref _connections);
    }

    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());

    private int Listen(TcpListener listener)
    {
        listener.Start();
        _listeners.Add(listener);
        _ = CountAsync(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task CountAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync();
                Interlocked.Increment(ref _connections);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }
}

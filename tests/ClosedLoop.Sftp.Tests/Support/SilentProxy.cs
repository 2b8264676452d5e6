using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Sftp.Tests.Support;

/// <summary>Relays TCP until told to fall silent: the connection stays, nothing comes through any more.</summary>
internal sealed class SilentProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private volatile bool _silent;

    public SilentProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public void FallSilent() => _silent = true;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                _ = RelayAsync(client, server);
                _ = RelayAsync(server, client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[65_536];
            while (await from.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                if (_silent) await Task.Delay(Timeout.Infinite, _end.Token);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One side has gone.
        }

        from.Dispose();
        to.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Rig.Troubles;

/// <summary>Passes octets on between service and sink, until it is told not to.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _stalled;
    private volatile bool _refuses;

    public CutProxy(int port, int target)
    {
        Port = port;
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(128);
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>Resets all connections, and every new one, until <see cref="Restore"/>.</summary>
    public void Cut()
    {
        _refuses = true;
        foreach (var socket in _sockets.Keys) Reset(socket);
        _stalled?.TrySetResult();
    }

    /// <summary>From here on nothing gets through, and nobody is told.</summary>
    public void Stall() => _stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Restore()
    {
        _refuses = false;
        var stalled = _stalled;
        _stalled = null;
        stalled?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var service = await _listener.AcceptAsync();
                _ = Task.Run(() => ServeAsync(service));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed: the run is over.
        }
    }

    private async Task ServeAsync(Socket service)
    {
        var sink = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        service.NoDelay = true;
        _sockets[service] = _sockets[sink] = true;
        try
        {
            if (_refuses) return;
            await sink.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(PumpAsync(service, sink), PumpAsync(sink, service));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The sink is gone, or the connection was cut.
        }
        finally
        {
            Reset(service);
            Reset(sink);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                if (_stalled is { } stalled) await stalled.Task;
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either side has ended.
        }
    }

    /// <summary>A reset, not an end in good order: what the receiver has not read is gone.</summary>
    private void Reset(Socket socket)
    {
        if (_sockets.TryRemove(socket, out _)) socket.Close(timeout: 0);
    }
}

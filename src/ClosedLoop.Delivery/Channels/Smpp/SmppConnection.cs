using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Authentication;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>
/// One session with a message centre (SMPP 3.4): requests go out up to the window, answers are matched by sequence number, what the other side asks is answered, and
/// a silent connection is tested. Safe for concurrent use.
/// </summary>
internal sealed partial class SmppConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly TcpClient _socket;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly Func<SmppPdu, Task<uint>> _delivered;
    private readonly SemaphoreSlim _window;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _delivering = new(64);
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<SmppPdu?>> _pending = new();
    private readonly CancellationTokenSource _closed = new();
    private Task _reading = Task.CompletedTask;
    private Task _testing = Task.CompletedTask;
    private uint _sequence;
    private long _lastHeard;

    private SmppConnection(TcpClient socket, Stream stream, SmppSettings settings, TimeSpan timeout, TimeProvider time, Func<SmppPdu, Task<uint>> delivered)
    {
        (_socket, _stream, _timeout, _time, _delivered) = (socket, stream, timeout, time, delivered);
        _window = new SemaphoreSlim(settings.Window);
        _lastHeard = time.GetTimestamp();
    }

    /// <summary>Whether requests may be sent.</summary>
    public bool IsOpen => !_closed.IsCancellationRequested;

    /// <summary>Opens a connection and begins to read; the session still has to be bound.</summary>
    /// <param name="settings">Where to.</param>
    /// <param name="timeout">For the connection and for each answer.</param>
    /// <param name="time">The clock.</param>
    /// <param name="delivered">Takes what the message centre delivers, durably, and says with which status that is answered.</param>
    /// <exception cref="IOException">No connection could be made.</exception>
    /// <exception cref="InvalidDataException">The settings cannot be used.</exception>
    public static async Task<SmppConnection> OpenAsync(SmppSettings settings, TimeSpan timeout, TimeProvider time, Func<SmppPdu, Task<uint>> delivered)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        var socket = new TcpClient { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, timer.Token).ConfigureAwait(false);
            Stream stream = socket.GetStream();
            if (settings.Tls == "required") stream = await SmppSecurity.SecureAsync(stream, settings, timer.Token).ConfigureAwait(false);

            var connection = new SmppConnection(socket, stream, settings, timeout, time, delivered);
            connection._reading = connection.ReadAsync();
            connection._testing = connection.TestAsync(TimeSpan.FromSeconds(settings.EnquireLinkSeconds));
            return connection;
        }
        catch (Exception e) when (e is SocketException or AuthenticationException or OperationCanceledException or IOException)
        {
            socket.Dispose();
            throw new IOException($"no connection to the message centre: {Describe(e)}", e);
        }
        catch (InvalidDataException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request within the window and waits for its answer. Does not throw.</summary>
    public async Task<SmppReply> RequestAsync(uint command, byte[] body)
    {
        try
        {
            await _window.WaitAsync(_closed.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new SmppReply(null, Written: false);
        }

        try
        {
            return await ExchangeAsync(command, body).ConfigureAwait(false);
        }
        finally
        {
            _window.Release();
        }
    }

    /// <summary>Ends the session; whoever still waits for an answer gets none.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsOpen)
        {
            // Section 4.2: polite, and of no consequence when it fails.
            await ExchangeAsync(SmppCommand.Unbind, []).ConfigureAwait(false);
        }

        Close();
        await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task)_testing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
    }

    private static string Describe(Exception e) => e switch
    {
        SocketException error => error.SocketErrorCode.ToString(),
        AuthenticationException error => error.Message,
        OperationCanceledException => "no answer in time",
        _ => e.GetType().Name,
    };

    private async Task<SmppReply> ExchangeAsync(uint command, byte[] body)
    {
        var sequence = NextSequence();
        var answer = new TaskCompletionSource<SmppPdu?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[sequence] = answer;
        try
        {
            if (!IsOpen) return new SmppReply(null, Written: false);
            if (!await WriteAsync(new SmppPdu(command, SmppStatus.Ok, sequence, body)).ConfigureAwait(false)) return new SmppReply(null, Written: true);
            using var timer = new CancellationTokenSource(_timeout, _time);
            var answered = answer.Task.WaitAsync(timer.Token);
            await ((Task)answered).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new SmppReply(answered.IsCompletedSuccessfully ? await answered.ConfigureAwait(false) : null, Written: true);
        }
        finally
        {
            _pending.TryRemove(sequence, out _);
        }
    }

    /// <summary>Writes a unit whole; a write that fails ends the connection, because nobody knows how much of it left.</summary>
    private async Task<bool> WriteAsync(SmppPdu pdu)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!IsOpen) return false;
            using var timer = new CancellationTokenSource(_timeout, _time);
            await _stream.WriteAsync(SmppWriter.Frame(pdu), timer.Token).ConfigureAwait(false);
            await _stream.FlushAsync(timer.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Close();
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Section 3.2: 1 to 0x7FFFFFFF, then from the beginning.</summary>
    private uint NextSequence()
    {
        uint next;
        do
        {
            next = Interlocked.Increment(ref _sequence) & 0x7FFFFFFF;
        }
        while (next == 0);
        return next;
    }

    private void Close()
    {
        _closed.Cancel();
        _socket.Close();
        foreach (var waiting in _pending.Values) waiting.TrySetResult(null);
    }

    private async Task ReadAsync()
    {
        var header = new byte[SmppPdu.HeaderLength];
        try
        {
            while (IsOpen)
            {
                await _stream.ReadExactlyAsync(header, _closed.Token).ConfigureAwait(false);
                var length = BinaryPrimitives.ReadInt32BigEndian(header);

                // A length nobody uses means that the two sides no longer agree where a unit begins.
                if (length is < SmppPdu.HeaderLength or > SmppPdu.MaxLength) break;
                var body = new byte[length - SmppPdu.HeaderLength];
                await _stream.ReadExactlyAsync(body, _closed.Token).ConfigureAwait(false);
                Volatile.Write(ref _lastHeard, _time.GetTimestamp());
                await TakeAsync(new SmppPdu(
                    BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)), BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8)),
                    BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12)), body)).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The end of the connection; the line below tells everybody.
        }

        Close();
    }
}

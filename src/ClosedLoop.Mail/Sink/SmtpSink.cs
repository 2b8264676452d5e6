using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Mail.Sink;

/// <summary>
/// A receiving SMTP server (RFC 5321) for tests and demonstrations: takes everything, delivers nothing, keeps a ledger of what it took, and
/// misbehaves on command.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly SmtpSinkOptions _options;
    private readonly Socket _listener;
    private readonly LedgerWriter _ledger;
    private readonly PressureGauge? _pressure;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, (SinkSession Session, Task Task)> _sessions = new();
    private readonly Task _accepting;
    private int _lastSession;
    private bool _disposed;

    private SmtpSink(SmtpSinkOptions options, Socket listener, LedgerWriter ledger)
    {
        _options = options;
        _listener = listener;
        _ledger = ledger;
        _pressure = options.Pressure is { } pressure ? new PressureGauge(pressure, options.TimeProvider) : null;
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Messages taken, over all runs on the same ledger.</summary>
    public long Count => _ledger.Count;

    /// <summary>Sessions open now.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>Sessions since the start.</summary>
    public int SessionsSinceStart => Volatile.Read(ref _lastSession);

    /// <summary>Opens the ledger, cutting a torn last line, and listens.</summary>
    /// <exception cref="MailFormatException">An option is out of range, code <see cref="MailErrors.Option"/>.</exception>
    /// <exception cref="SocketException">The end point is taken.</exception>
    public static SmtpSink Start(SmtpSinkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.StoreMessages && options.LedgerPath is null)
            throw new MailFormatException(MailErrors.Option, "StoreMessages is on without LedgerPath; expected a ledger that points into the store");
        if (options.ImplicitTls && options.Certificate is null)
            throw new MailFormatException(MailErrors.Option, "ImplicitTls is on without Certificate");
        if (options.MaxMessageSize < 1 || options.MaxConnections < 1 || options.MaxRecipients < 1)
            throw new MailFormatException(MailErrors.Option, "a limit of the sink is below 1");
        if (options.RequireAuth && options.Users is null)
            throw new MailFormatException(MailErrors.Option, "RequireAuth is on without Users");
        if (options.Pressure?.Fault() is { } fault)
            throw new MailFormatException(MailErrors.Option, fault);
        var listener = new Socket(options.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(options.EndPoint);
            listener.Listen(512);
            return new SmtpSink(options, listener, new LedgerWriter(options.LedgerPath, options.StoreMessages));
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening, cuts the sessions, and writes what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var (_, entry) in _sessions)
            entry.Session.Abort();
        await Task.WhenAll(_sessions.Values.Select(entry => entry.Task));
        _ledger.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                socket.NoDelay = true;
                var number = Interlocked.Increment(ref _lastSession);
                var session = new SinkSession(_options, _ledger, _pressure, socket, number, refuse: _sessions.Count >= _options.MaxConnections);
                var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _sessions[number] = (session, finished.Task);
                _ = ServeAsync(session, number, finished);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer gave up between its SYN and our accept; the next one is not affected.
            }
        }
    }

    private async Task ServeAsync(SinkSession session, int number, TaskCompletionSource finished)
    {
        await Task.Yield();
        try
        {
            await session.RunAsync();
        }
        finally
        {
            session.Dispose();
            _sessions.TryRemove(number, out _);
            finished.SetResult();
        }
    }
}

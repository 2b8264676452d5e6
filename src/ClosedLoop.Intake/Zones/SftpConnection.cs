using ClosedLoop.Sftp;

namespace ClosedLoop.Intake.Zones;

/// <summary>One session to a server, opened when somebody needs it, closed when nobody has for a while: a poll, the file it finds and its reports share it.</summary>
internal sealed class SftpConnection : IAsyncDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private readonly SftpOptions _options;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ITimer _timer;
    private SftpSession? _session;
    private int _users;

    public SftpConnection(SftpOptions options, TimeProvider time)
    {
        _options = options;
        _timer = time.CreateTimer(static self => _ = ((SftpConnection)self!).CloseIdleAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Does something with the session; one that has ended in between is replaced before, never during it.</summary>
    /// <exception cref="ZoneUnavailableException">The server cannot be reached, was lost on the way, or may not be trusted.</exception>
    public async Task<T> UseAsync<T>(Func<SftpSession, Task<T>> use, CancellationToken cancellation)
    {
        try
        {
            var session = await EnterAsync(cancellation);
            try
            {
                return await use(session);
            }
            finally
            {
                if (Interlocked.Decrement(ref _users) == 0) _timer.Change(Idle, Timeout.InfiniteTimeSpan);
            }
        }
        catch (SftpException e) when (e.IsTemporary || e.Error is SftpError.HostKeyChanged or SftpError.HostKeyUnknown or SftpError.AuthenticationFailed or SftpError.Protocol or SftpError.InvalidArgument)
        {
            throw new ZoneUnavailableException($"CL1101: sftp {_options.User}@{_options.Host}:{_options.Port}: {e.Error}: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        if (_session is not null) await _session.DisposeAsync();
        _gate.Dispose();
    }

    private async Task<SftpSession> EnterAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_session is { IsOpen: false })
            {
                await _session.DisposeAsync();
                _session = null;
            }

            _session ??= await SftpSession.ConnectAsync(_options, cancellation);
            Interlocked.Increment(ref _users);
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return _session;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task CloseIdleAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (Volatile.Read(ref _users) > 0 || _session is null) return;
            await _session.DisposeAsync();
            _session = null;
        }
        finally
        {
            _gate.Release();
        }
    }
}

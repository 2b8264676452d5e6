using System.Collections.Concurrent;

namespace ClosedLoop.Mail.Smtp;

/// <summary>Keeps connections to one relay between messages. Safe for concurrent use.</summary>
public sealed class SmtpConnectionPool : IAsyncDisposable
{
    private volatile SmtpRelayOptions _relay;
    private readonly SmtpPoolOptions _options;
    private readonly SemaphoreSlim _places;

    /// <summary>Last in, first out: under light load the rest may age away.</summary>
    private readonly ConcurrentStack<SmtpConnection> _idle = new();
    private bool _disposed;

    /// <summary>Opens nothing yet.</summary>
    /// <exception cref="MailFormatException">An option is out of range, code <see cref="MailErrors.Option"/>.</exception>
    public SmtpConnectionPool(SmtpRelayOptions relay, SmtpPoolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(relay);
        _relay = relay;
        _options = options ?? new SmtpPoolOptions();
        var faults = relay.Validate().ToList();
        if (_options.MaxConnections < 1 || _options.MaxMessagesPerConnection < 1)
            faults.Add("MaxConnections and MaxMessagesPerConnection are at least 1");
        if (faults.Count > 0)
            throw new MailFormatException(MailErrors.Option, string.Join("; ", faults));
        _places = new SemaphoreSlim(_options.MaxConnections);
    }

    /// <summary>Connections waiting for use.</summary>
    public int Idle => _idle.Count;

    /// <summary>An open connection: a kept one that still answers to life, or a new one. Waits while all are rented.</summary>
    /// <exception cref="SmtpConnectException">No connection could be opened.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for a place.</exception>
    public ValueTask<SmtpConnection> RentAsync(CancellationToken cancellationToken) => RentAsync(transcript: null, cancellationToken);

    /// <summary>With a transcript, always a new connection, so that its beginning is written down too; a kept one makes room for it.</summary>
    /// <inheritdoc cref="RentAsync(CancellationToken)"/>
    public async ValueTask<SmtpConnection> RentAsync(SmtpTranscript? transcript, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _places.WaitAsync(cancellationToken);
        try
        {
            while (_idle.TryPop(out var kept))
            {
                if (transcript is null && IsFit(kept) && _relay.TimeProvider.GetElapsedTime(kept.IdleSince) < _options.MaxIdle && kept.IsAlive())
                    return kept;
                await kept.DisposeAsync();
                if (transcript is not null)
                    break;
            }

            return await SmtpConnection.ConnectAsync(_relay, cancellationToken, transcript);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Takes a rented connection back; one that is finished, old or used up is closed.</summary>
    public async ValueTask ReturnAsync(SmtpConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.ChunkingRefused && _relay.UseChunking)
        {
            // The offer is made again on the next connection, and would cost it in the same way.
            _relay = _relay with { UseChunking = false };
            _relay.Conceded?.Invoke(SmtpConcession.NoChunking, "BDAT is not known");
        }

        try
        {
            if (!_disposed && IsFit(connection))
            {
                connection.IdleSince = _relay.TimeProvider.GetTimestamp();
                _idle.Push(connection);
            }
            else
            {
                await connection.DisposeAsync();
            }
        }
        finally
        {
            _places.Release();
        }

        // A pool disposed in between has emptied the stack already.
        if (_disposed)
            await CloseIdleAsync();
    }

    /// <summary>Closes the idle connections; rented ones are closed when they come back.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await CloseIdleAsync();
    }

    private bool IsFit(SmtpConnection connection) =>
        connection.IsUsable
        && connection.MessagesSent < _options.MaxMessagesPerConnection
        && _relay.TimeProvider.GetElapsedTime(connection.OpenedAt) < _options.MaxAge;

    private async ValueTask CloseIdleAsync()
    {
        while (_idle.TryPop(out var kept))
            await kept.DisposeAsync();
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using ClosedLoop.Sftp.Ssh;

namespace ClosedLoop.Sftp.Protocol;

/// <summary>
/// Sends requests and brings each answer to who asked. Answers come in any order (draft-ietf-secsh-filexfer-02 section 6.1). The first fault ends it: everybody who waits, and whoever asks
/// later, gets that fault.
/// </summary>
internal sealed class PacketPipe(ISftpChannel channel, TimeSpan timeout) : IAsyncDisposable
{
    /// <summary>OpenSSH's own bound is 256 KiB; a server that announces more means harm, or does not speak SFTP (a shell that prints a greeting).</summary>
    private const int MaxPacket = 256 * 1024;

    private readonly ConcurrentDictionary<uint, TaskCompletionSource<Packet>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);
    private Task _reading = Task.CompletedTask;
    private uint _nextId;
    private SftpException? _fault;

    public bool IsOpen => Volatile.Read(ref _fault) is null;

    /// <summary>Version handshake (section 4); returns the extensions the server offers.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OpenAsync(TimeSpan connectTimeout, CancellationToken cancellation)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(connectTimeout);
            await channel.Output.WriteAsync(new PacketWriter(PacketType.Init).UInt32(3).Done(), limit.Token).ConfigureAwait(false);
            await channel.Output.FlushAsync(limit.Token).ConfigureAwait(false);
            using var packet = await ReadAsync(limit.Token).AsTask().WaitAsync(connectTimeout, limit.Token).ConfigureAwait(false);
            var extensions = ReadVersion(packet);
            _reading = Task.Run(ReadAllAsync, CancellationToken.None);
            return extensions;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw await channel.ReasonAsync($"no SFTP session within {connectTimeout.TotalSeconds:0} s", cause: null).ConfigureAwait(false) is { Error: not SftpError.ConnectionLost } reason
                ? reason
                : new SftpException(SftpError.TimedOut, $"No SFTP session within {connectTimeout.TotalSeconds:0} s; the server may be silent, or behind a firewall that drops packets.");
        }
        catch (TimeoutException e)
        {
            throw new SftpException(SftpError.TimedOut, $"No SFTP session within {connectTimeout.TotalSeconds:0} s; the server may be silent, or behind a firewall that drops packets.", e);
        }
        catch (Exception e) when (e is IOException and not SftpException or ObjectDisposedException)
        {
            throw await channel.ReasonAsync("connecting", e).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request made for the id it is given, and waits for its answer.</summary>
    public async Task<Packet> AskAsync(Func<uint, ReadOnlyMemory<byte>> request, CancellationToken cancellation)
    {
        var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        return await AnswerAsync(answer, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a request; the answer is awaited later by <see cref="AnswerAsync"/>.</summary>
    public async Task<Task<Packet>> SendAsync(Func<uint, ReadOnlyMemory<byte>> request, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _fault) is { } fault) throw Again(fault);
            var id = unchecked(_nextId++);
            var waiter = new TaskCompletionSource<Packet>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[id] = waiter;

            // Not cancelled half-way: a packet that is cut off would garble everything after it. What ends a stuck write is the end of the process.
            var write = WriteAsync(request(id));
            try
            {
                await write.WaitAsync(timeout, CancellationToken.None).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                Fail(TimedOut());
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                Fail(await channel.ReasonAsync("writing to the server", e).ConfigureAwait(false));
            }

            // The reader may have failed between the look at the fault and the entry into the table.
            if (Volatile.Read(ref _fault) is { } now) waiter.TrySetException(Again(now));
            return waiter.Task;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<Packet> AnswerAsync(Task<Packet> answer, CancellationToken cancellation)
    {
        try
        {
            return await answer.WaitAsync(timeout, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var fault = TimedOut();
            Fail(fault);
            throw fault;
        }
        catch (OperationCanceledException)
        {
            Abandon(answer);
            throw;
        }
    }

    /// <summary>Gives back the buffer of an answer nobody wants any more, when it comes.</summary>
    public static void Abandon(Task<Packet> answer) => _ = answer.ContinueWith(
        static done =>
        {
            if (done.IsCompletedSuccessfully) done.Result.Dispose();
            else _ = done.Exception;
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        Fail(new SftpException(SftpError.ConnectionLost, "The session was closed."));
        await channel.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _writing.Dispose();
    }

    private static Dictionary<string, string> ReadVersion(Packet packet)
    {
        if (packet.Type != PacketType.Version) throw new SftpException(SftpError.Protocol, $"The server answered with packet type {(byte)packet.Type}; expected its version. A start-up file of the account that prints something looks like this.");

        // The version packet has no id: version and extensions follow the type, four octets earlier than in the others.
        var reader = new PacketReader(packet.Body);
        var extensions = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!reader.IsAtEnd) extensions[ServerName.Escape(reader.Bytes())] = ServerName.Escape(reader.Bytes());
        return extensions;
    }

    private SftpException TimedOut() => new(SftpError.TimedOut, $"The server gave no answer within {timeout.TotalSeconds:0.#} s; the session is given up.");

    /// <summary>A new exception each time: one object thrown in many places would collect their stack traces.</summary>
    private static SftpException Again(SftpException fault) => new(fault.Error, fault.Message, fault);

    private async Task WriteAsync(ReadOnlyMemory<byte> packet)
    {
        await channel.Output.WriteAsync(packet).ConfigureAwait(false);
        await channel.Output.FlushAsync().ConfigureAwait(false);
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (IsOpen)
            {
                var packet = await ReadAsync(CancellationToken.None).ConfigureAwait(false);
                if (_waiting.TryRemove(packet.Id, out var waiter) && waiter.TrySetResult(packet)) continue;
                packet.Dispose();
            }
        }
        catch (SftpException e)
        {
            Fail(e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            if (IsOpen) Fail(await channel.ReasonAsync("reading from the server", e).ConfigureAwait(false));
        }
    }

    private async ValueTask<Packet> ReadAsync(CancellationToken cancellation)
    {
        var header = new byte[4];
        await channel.Input.ReadExactlyAsync(header, cancellation).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length is < 5 or > MaxPacket)
            throw new SftpException(SftpError.Protocol, $"The server announced a packet of {length} octets; expected 5 to {MaxPacket}. A start-up file of the account that prints something looks like this.");
        var buffer = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            await channel.Input.ReadExactlyAsync(buffer.AsMemory(0, (int)length), cancellation).ConfigureAwait(false);
            return new Packet(buffer, (int)length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private void Fail(SftpException fault)
    {
        if (Interlocked.CompareExchange(ref _fault, fault, comparand: null) is not null) return;
        foreach (var (id, _) in _waiting)
        {
            if (_waiting.TryRemove(id, out var waiter)) waiter.TrySetException(Again(fault));
        }

        // A stuck read or write ends only with the process.
        if (fault.Error == SftpError.TimedOut) _ = channel.DisposeAsync().AsTask();
    }
}

using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClosedLoop.Testing.Doubles;

/// <summary>A message centre that speaks SMPP 3.4, written from the specification and not with the client's own code: takes binds and messages, sends receipts, fails on command.</summary>
internal sealed class SmppDouble : IAsyncDisposable
{
    public const string SystemId = "loop";
    public const string Password = "smpp-pw";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SubmittedMessage> _taken = new();
    private readonly ConcurrentQueue<int> _statuses = new();
    private readonly ConcurrentDictionary<int, Session> _sessions = new();
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<uint>> _delivering = new();
    private readonly SemaphoreSlim _writing = new(1);
    private int _ids;
    private int _sessionNumbers;
    private int _unanswered;
    private uint _sequence;

    private readonly X509Certificate2? _certificate;

    private SmppDouble(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What the next submit_sm meets after it was taken.</summary>
    public enum Loss
    {
        None,

        /// <summary>It is taken; no answer is sent and the session goes on.</summary>
        Silent,

        /// <summary>It is taken, and the connection ends.</summary>
        Disconnect,
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<SubmittedMessage> Taken => [.. _taken];

    /// <summary>Sessions bound since the start.</summary>
    public int Binds { get; private set; }

    /// <summary>enquire_link received.</summary>
    public int Enquiries { get; private set; }

    /// <summary>Most submit_sm at a time without an answer.</summary>
    public int MostUnanswered { get; private set; }

    public Loss NextLoss { get; set; }

    /// <summary>From this message on none is answered, though all are taken; 0 for never.</summary>
    public int LoseFrom { get; set; }

    /// <summary>Answers wait until this is set; null answers at once.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Whether enquire_link is answered.</summary>
    public bool AnswersEnquiries { get; set; } = true;

    /// <param name="certificate">What it shows; null speaks without TLS.</param>
    public static SmppDouble Start(X509Certificate2? certificate = null) => new(certificate);

    /// <summary>The next submit_sm is refused with this command_status.</summary>
    public void RefuseNext(int status) => _statuses.Enqueue(status);

    /// <summary>Delivers a receipt in the words of appendix B.</summary>
    /// <returns>The status of the client's answer.</returns>
    public Task<uint> ReceiptAsync(string id, string state, string error = "000") =>
        DeliverAsync("4915112345678", 0x04, Encoding.ASCII.GetBytes($"id:{id} sub:001 dlvrd:001 submit date:2611221200 done date:2611221201 stat:{state} err:{error} text:hello"), []);

    /// <summary>Delivers a receipt of a message taken, from its phone and with the reference that came with it, as section 5.3.2.17 asks for.</summary>
    public Task<uint> ReceiptAsync(SubmittedMessage message, byte state) => DeliverAsync(
        message.Destination, 0x04, [],
        [(0x001E, [.. Encoding.ASCII.GetBytes(message.Id), 0]), (0x0427, [state]), .. message.Tags.TryGetValue(0x0204, out var reference) ? new[] { (0x0204, reference) } : []]);

    /// <summary>Delivers a receipt whose optional parameters say it.</summary>
    public Task<uint> ReceiptByTagsAsync(string id, byte state) =>
        DeliverAsync("4915112345678", 0x04, [], [(0x001E, [.. Encoding.ASCII.GetBytes(id), 0]), (0x0427, [state])]);

    /// <summary>Delivers what somebody has sent.</summary>
    public Task<uint> MessageAsync(string from, string text) => DeliverAsync(from, 0, Encoding.ASCII.GetBytes(text), []);

    /// <summary>Ends all sessions without a word.</summary>
    public void Disconnect()
    {
        foreach (var session in _sessions.Values) session.Socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Disconnect();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var socket = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(Interlocked.Increment(ref _sessionNumbers), socket);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the double.
        }
    }

    private async Task ServeAsync(int number, TcpClient socket)
    {
        var header = new byte[16];
        try
        {
            Stream stream = socket.GetStream();
            if (_certificate is not null)
            {
                var secured = new SslStream(stream);
                await secured.AuthenticateAsServerAsync(_certificate);
                stream = secured;
            }

            var session = new Session(socket, stream);
            while (true)
            {
                await stream.ReadExactlyAsync(header);
                var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header) - 16];
                await stream.ReadExactlyAsync(body);
                var (command, status, sequence) = (BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)), BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8)), BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12)));
                switch (command)
                {
                    case 0x00000002 or 0x00000009:
                        var fields = Encoding.ASCII.GetString(body).Split('\0');
                        var bound = fields[0] == SystemId && fields[1] == Password;
                        if (bound) Binds++;
                        if (bound) _sessions[number] = session;
                        await WriteAsync(session, command | 0x80000000, bound ? 0u : 0x0Eu, sequence, "centre\0"u8.ToArray());
                        break;
                    case 0x00000004:
                        _ = SubmitAsync(session, sequence, body);
                        break;
                    case 0x00000015:
                        Enquiries++;
                        if (AnswersEnquiries) await WriteAsync(session, 0x80000015, 0, sequence, []);
                        break;
                    case 0x00000006:
                        await WriteAsync(session, 0x80000006, 0, sequence, []);
                        return;
                    case 0x80000005:
                        if (_delivering.TryRemove(sequence, out var waiting)) waiting.TrySetResult(status);
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException or InvalidOperationException or AuthenticationException)
        {
            // The client has gone, or was sent away.
        }
        finally
        {
            _sessions.TryRemove(number, out _);
            socket.Dispose();
        }
    }

    private async Task SubmitAsync(Session session, uint sequence, byte[] body)
    {
        try
        {
            if (await AnswerAsync(session, body) is var (status, text)) await WriteAsync(session, 0x80000004, status, sequence, text);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has gone meanwhile.
        }
    }

    /// <returns>What to answer; null for nothing.</returns>
    private async Task<(uint Status, byte[] Text)?> AnswerAsync(Session session, byte[] body)
    {
        lock (_taken) MostUnanswered = Math.Max(MostUnanswered, ++_unanswered);
        try
        {
            if (_statuses.TryDequeue(out var refusal)) return ((uint)refusal, []);
            var taken = Read(body, $"{0xA000 + Interlocked.Increment(ref _ids):x}");
            _taken.Enqueue(taken);
            var loss = NextLoss;
            NextLoss = Loss.None;
            if (LoseFrom > 0 && _taken.Count >= LoseFrom) loss = Loss.Silent;
            if (loss == Loss.Disconnect) session.Socket.Close();
            if (loss != Loss.None) return null;
            if (Gate is { } gate) await gate.Task;
            return (0, Encoding.ASCII.GetBytes(taken.Id + "\0"));
        }
        finally
        {
            // Before the answer is written: with it the client has room, and its next request may be read before anything that stands after the write.
            lock (_taken) _unanswered--;
        }
    }

    private static SubmittedMessage Read(byte[] body, string id)
    {
        var at = 0;
        string Text()
        {
            var end = Array.IndexOf(body, (byte)0, at);
            var value = Encoding.ASCII.GetString(body, at, end - at);
            at = end + 1;
            return value;
        }

        Text();
        at += 2;
        var source = Text();
        at += 2;
        var destination = Text();
        var esmClass = body[at++];
        at += 2;
        Text();
        Text();
        var registered = body[at++];
        at++;
        var coding = body[at++];
        at++;
        var length = body[at++];
        var text = body[at..(at + length)];
        at += length;
        var tags = new Dictionary<int, byte[]>();
        while (at + 4 <= body.Length)
        {
            var size = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at + 2));
            tags[BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at))] = body[(at + 4)..(at + 4 + size)];
            at += 4 + size;
        }

        return new SubmittedMessage(id, source, destination, esmClass, coding, text, tags, registered == 1);
    }

    private async Task<uint> DeliverAsync(string from, byte esmClass, byte[] text, IReadOnlyList<(int Tag, byte[] Value)> tags)
    {
        var body = new List<byte>();
        body.AddRange([0, 1, 1, .. Encoding.ASCII.GetBytes(from), 0, 0, 0, .. "loop"u8, 0, esmClass, 0, 0, 0, 0, 0, 0, 0, 0, (byte)text.Length, .. text]);
        foreach (var (tag, value) in tags) body.AddRange([(byte)(tag >> 8), (byte)tag, (byte)(value.Length >> 8), (byte)value.Length, .. value]);
        var sequence = Interlocked.Increment(ref _sequence) + 0x1000;
        var answer = _delivering[sequence] = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        await WriteAsync(_sessions.Values.First(), 0x00000005, 0, sequence, [.. body]);
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task WriteAsync(Session session, uint command, uint status, uint sequence, byte[] body)
    {
        var octets = new byte[16 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(octets, octets.Length);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(4), command);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(8), status);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(12), sequence);
        body.CopyTo(octets, 16);
        await _writing.WaitAsync();
        try
        {
            await session.Stream.WriteAsync(octets);
        }
        finally
        {
            _writing.Release();
        }
    }

    private sealed record Session(TcpClient Socket, Stream Stream);
}

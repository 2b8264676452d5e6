using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ClosedLoop.Mail.Smtp;

/// <summary>
/// One connection to a relay (RFC 5321), kept over many messages. One caller at a time. No method throws for what the network or the
/// server does: it becomes a <see cref="SmtpResult"/>. After a result that ends the connection only <see cref="DisposeAsync"/> makes sense.
/// </summary>
public sealed partial class SmtpConnection : IAsyncDisposable
{
    /// <summary>Octets gathered before they are written: a message of 20 KB with the commands around it goes out in one call.</summary>
    private const int BlockSize = 65536;

    /// <summary>Octets kept free behind a message for its ending and the next one's commands: two addresses and their DSN parameters, encoded.</summary>
    private const int CommandRoom = 4096;

    private readonly SmtpRelayOptions _options;
    private readonly Socket _socket;
    private readonly SmtpReplyReader _reader;
    private readonly CancellationTokenSource _deadline;
    private readonly SmtpTranscript? _transcript;
    private readonly byte[] _block = new byte[BlockSize];
    private Stream _stream;
    private int _used;
    private bool _cancelled;
    private bool _closed;
    private bool _needsReset;

    private SmtpConnection(SmtpRelayOptions options, Socket socket, SmtpTranscript? transcript)
    {
        _transcript = transcript;
        _options = options;
        _socket = socket;
        _stream = Stream.Null;
        _reader = new SmtpReplyReader(options.MaxReplyLength);
        _deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.TimeProvider);
        OpenedAt = options.TimeProvider.GetTimestamp();
    }

    public SmtpCapabilities Capabilities { get; private set; } = new();

    /// <summary>The server's greeting or reply to EHLO, first line.</summary>
    public string Greeting { get; private set; } = "";

    public bool IsEncrypted { get; private set; }

    /// <summary>Whether another message may be sent.</summary>
    public bool IsUsable => !_closed && !_deadline.IsCancellationRequested;

    /// <summary>Messages whose text was handed over, with whatever result.</summary>
    public int MessagesSent { get; private set; }

    /// <summary>Whether the server offered CHUNKING and then did not know BDAT.</summary>
    internal bool ChunkingRefused { get; private set; }

    /// <summary>Timestamp of <see cref="SmtpRelayOptions.TimeProvider"/> at which the connection was made.</summary>
    internal long OpenedAt { get; }

    /// <summary>Timestamp at which a pool got it back.</summary>
    internal long IdleSince { get; set; }

    /// <summary>
    /// Whether the idle connection is still there. Anything to read on it is either the end or an unasked 421 (RFC 5321 section 3.8): dead either way.
    /// </summary>
    public bool IsAlive()
    {
        try
        {
            return IsUsable && !_reader.HasUnread && !_socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Closes at once, without QUIT; the server throws away a message whose final dot it has not seen.</summary>
    public void Abort()
    {
        _closed = true;
        _socket.Dispose();
    }

    /// <summary>Sends QUIT when the dialogue is in order, waits shortly for the answer, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            try
            {
                Arm(_options.Timeouts.Quit);
                Append("QUIT\r\n"u8);
                TellFrom(0);
                await FlushAsync();
                await ReadReplyAsync();
            }
            catch (Exception e) when (IsLoss(e))
            {
                // The mail is accounted for; how the server says goodbye changes nothing.
            }
        }

        _closed = true;
        _transcript?.Note("closed");
        _transcript?.Close();
        await _stream.DisposeAsync();
        _socket.Dispose();
        _deadline.Dispose();
    }

    private static bool IsLoss(Exception e) =>
        e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or SmtpProtocolException or System.Security.Authentication.AuthenticationException;

    private void Arm(TimeSpan timeout) => _deadline.CancelAfter(timeout);

    private CancellationTokenRegistration Bind(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(
            static state =>
            {
                var connection = (SmtpConnection)state!;
                connection._cancelled = true;
                connection._deadline.Cancel();
            },
            this);

    private string Describe(Exception e, SmtpStage stage) => e switch
    {
        OperationCanceledException when _cancelled => $"cancelled by the caller during {stage}",
        OperationCanceledException => $"no progress within the time allowed for {stage}",
        _ => $"{e.Message} during {stage}",
    };

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_block.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Append(string text) => _used += System.Text.Encoding.UTF8.GetBytes(text, _block.AsSpan(_used));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushAsync()
    {
        var length = _used;
        _used = 0;
        await _stream.WriteAsync(_block.AsMemory(0, length), _deadline.Token);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply> ReadReplyAsync()
    {
        SmtpReply reply;
        while (!_reader.TryRead(out reply))
            await _reader.FillAsync(_stream, _deadline.Token);
        if (reply.Code == 421)
            _closed = true;
        _transcript?.Received(_reader.RawOf(reply));
        return reply;
    }

    /// <summary>Writes down the commands that stand in the block from there on; secrets are told in other words.</summary>
    private void TellFrom(int start) => _transcript?.Sent(_block.AsSpan(start, _used - start));
}

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace ClosedLoop.Mail.Sink;

/// <summary>One client's dialogue. Replies are gathered and written when the input runs dry, so a pipelined group costs one write.</summary>
internal sealed partial class SinkSession : IDisposable
{
    /// <summary>RFC 5321 section 4.5.3.1.4 sets 512 octets; extensions and long return paths need more.</summary>
    private const int MaxCommand = 4096;

    /// <summary>With AUTH offered: its lines may have 12,288 octets (RFC 4954 section 4).</summary>
    private const int MaxAuthCommand = 12288;

    private readonly SmtpSinkOptions _options;
    private readonly LedgerWriter _ledger;
    private readonly PressureGauge? _pressure;
    private readonly Socket _socket;
    private readonly int _number;
    private readonly bool _refuse;
    private readonly CancellationTokenSource _idle;
    private readonly byte[] _out = new byte[8192];
    private readonly List<string> _to = [];
    private Stream _stream;
    private byte[] _in = new byte[65536];
    private int _start;
    private int _end;
    private int _outUsed;
    private string? _from;
    private SinkRule? _rule;
    private bool _closing;
    private bool _encrypted;
    private bool _greeted;

    public SinkSession(SmtpSinkOptions options, LedgerWriter ledger, PressureGauge? pressure, Socket socket, int number, bool refuse)
    {
        _options = options;
        _ledger = ledger;
        _pressure = pressure;
        _socket = socket;
        _number = number;
        _refuse = refuse;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.TimeProvider);
    }

    public void Abort() => _socket.Dispose();

    public void Dispose()
    {
        _stream.Dispose();
        _idle.Dispose();
    }

    public async Task RunAsync()
    {
        try
        {
            if (_options.ImplicitTls)
                await ProtectAsync();
            if (_refuse)
            {
                Reply("421 4.3.2 too many connections");
                await FlushAsync();
                return;
            }

            Reply($"220 {_options.HostName} ESMTP");
            while (!_closing && await ReadLineAsync() is { } line)
            {
                await HandleAsync(line);
                if (_outUsed > _out.Length / 2)
                    await FlushAsync();
            }

            await FlushAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
        {
            // The client is gone; what it was told is in the ledger, what it was not told is not.
        }
    }

    private void Reply(string line)
    {
        _outUsed += Encoding.ASCII.GetBytes(line, _out.AsSpan(_outUsed));
        _out[_outUsed++] = (byte)'\r';
        _out[_outUsed++] = (byte)'\n';
    }

    private async ValueTask FlushAsync()
    {
        if (_outUsed == 0)
            return;
        var length = _outUsed;
        _outUsed = 0;
        _idle.CancelAfter(_options.IdleTimeout);
        await _stream.WriteAsync(_out.AsMemory(0, length), _idle.Token);
    }

    /// <summary>Reads more octets behind those that lie there; false at the end of the stream.</summary>
    private async ValueTask<bool> FillAsync()
    {
        await FlushAsync();
        if (_start > 0)
        {
            _in.AsSpan(_start, _end - _start).CopyTo(_in);
            _end -= _start;
            _start = 0;
        }

        if (_end == _in.Length)
            Array.Resize(ref _in, _in.Length * 2);
        _idle.CancelAfter(_options.IdleTimeout);
        var read = await _stream.ReadAsync(_in.AsMemory(_end), _idle.Token);
        _end += read;
        return read > 0;
    }

    /// <summary>A command line without CRLF; null at the end of the stream. A bare LF does not end a command (RFC 5321 section 2.3.8).</summary>
    private async ValueTask<string?> ReadLineAsync()
    {
        var most = _options.Users is null ? MaxCommand : MaxAuthCommand;
        while (true)
        {
            var end = _in.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (end > most || (end < 0 && _end - _start > most))
            {
                Reply("500 5.5.2 line too long");
                _closing = true;
                return "";
            }

            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_in, _start, end);
                _start += end + 2;
                return line;
            }

            if (!await FillAsync())
                return null;
        }
    }

    private async Task ProtectAsync()
    {
        _idle.CancelAfter(_options.IdleTimeout);
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _options.Certificate }, _idle.Token);
        _encrypted = true;
    }
}

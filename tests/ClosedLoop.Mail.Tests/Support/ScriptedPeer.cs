using System.Net;
using System.Net.Sockets;
using System.Text;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Tests.Support;

/// <summary>A server that does what a test tells it, over a real socket: one script for each connection.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<string> _heard = [];
    private readonly Task _script;
    private readonly StringBuilder _pending = new();
    private Socket _socket = null!;

    public ScriptedPeer(params Func<ScriptedPeer, Task>[] scripts)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _script = Task.Run(async () =>
        {
            foreach (var script in scripts)
            {
                _socket = await _listener.AcceptAsync();
                _socket.NoDelay = true;
                _pending.Clear();
                await script(this);
            }
        });
    }

    public SmtpRelayOptions Relay => new() { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndPoint!).Port, Tls = SmtpTls.None };

    /// <summary>Command lines in the order they came; message text is not among them.</summary>
    public IReadOnlyList<string> Heard => _heard;

    public Task Finished => _script;

    /// <summary>Greets and answers EHLO with the capabilities.</summary>
    public async Task HelloAsync(params string[] capabilities)
    {
        await SayAsync("220 peer");
        await HearAsync();
        await SayAsync([.. capabilities.Select(c => "250-" + c).Prepend("250-peer"), "250 HELP"]);
    }

    public async Task SayAsync(params string[] lines) =>
        await _socket.SendAsync(Encoding.ASCII.GetBytes(string.Concat(lines.Select(l => l + "\r\n"))));

    public async Task<string> HearAsync()
    {
        while (true)
        {
            var text = _pending.ToString();
            var end = text.IndexOf("\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                _pending.Remove(0, end + 2);
                _heard.Add(text[..end]);
                return text[..end];
            }

            if (!await ReceiveAsync())
                return "";
        }
    }

    /// <summary>Answers one command after another.</summary>
    public async Task AnswerAsync(params string[] replies)
    {
        foreach (var reply in replies)
        {
            await HearAsync();
            await SayAsync(reply);
        }
    }

    /// <summary>The text up to the final dot, dot-stuffing left in.</summary>
    public async Task<string> HearTextAsync()
    {
        while (true)
        {
            var text = "\r\n" + _pending;
            var end = text.IndexOf("\r\n.\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                _pending.Remove(0, end + 3);
                return text[2..(end + 2)];
            }

            if (!await ReceiveAsync())
                return text;
        }
    }

    /// <summary>Reads what is there, whatever it is, and forgets it.</summary>
    public async Task HearAnythingAsync()
    {
        await ReceiveAsync();
        _pending.Clear();
    }

    /// <summary>Closes with RST, as a crashed process does.</summary>
    public void Crash()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public void Close() => _socket.Dispose();

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _socket?.Dispose();
        try
        {
            await _script;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over while the script still talks.
        }
    }

    private async Task<bool> ReceiveAsync()
    {
        var buffer = new byte[16384];
        var read = await _socket.ReceiveAsync(buffer);
        _pending.Append(Encoding.Latin1.GetString(buffer, 0, read));
        return read > 0;
    }
}

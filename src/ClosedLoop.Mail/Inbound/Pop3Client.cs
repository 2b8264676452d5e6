using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;

namespace ClosedLoop.Mail.Inbound;

/// <summary>
/// A POP3 session (RFC 1939, STLS of RFC 2595): what is needed to empty a box, no more. Every wait for the server is limited; after any exception the
/// session is dropped, and the server then keeps what was marked for deletion.
/// </summary>
public sealed class Pop3Client : IAsyncDisposable
{
    private readonly Pop3Options _options;
    private readonly TcpClient _socket;
    private Stream _stream;
    private Pop3Lines _lines;

    private Pop3Client(Pop3Options options, TcpClient socket)
    {
        (_options, _socket) = (options, socket);
        _stream = socket.GetStream();
        _lines = new Pop3Lines(_stream, options.Timeout);
    }

    /// <summary>Connects, protects the session and logs in.</summary>
    /// <exception cref="IOException">The server cannot be reached, falls silent, or refuses.</exception>
    public static async Task<Pop3Client> ConnectAsync(Pop3Options options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var socket = new TcpClient { NoDelay = true };
        try
        {
            await Pop3Lines.LimitAsync(token => socket.ConnectAsync(options.Host, options.Port, token).AsTask(), options.Timeout, "Connect", cancellation).ConfigureAwait(false);
            var client = new Pop3Client(options, socket);
            await client.OpenAsync(cancellation).ConfigureAwait(false);
            return client;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new Pop3Exception("Connect", $"{options.Host}:{options.Port}: {e.Message}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What is in the box, at most as many as the options say.</summary>
    public async Task<IReadOnlyList<Pop3Item>> ListAsync(CancellationToken cancellation)
    {
        var sizes = new Dictionary<int, long>();
        foreach (var (number, rest) in await NumberedAsync("LIST", cancellation).ConfigureAwait(false))
            sizes[number] = long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
        return [.. (await NumberedAsync("UIDL", cancellation).ConfigureAwait(false)).Where(line => line.Value.Length is > 0 and <= 200).Take(_options.MaxMails).Select(line => new Pop3Item(line.Number, line.Value, sizes.GetValueOrDefault(line.Number)))];
    }

    /// <summary>One mail, as it was stored.</summary>
    /// <exception cref="Pop3Exception">It is larger than the limit, whatever LIST said.</exception>
    public async Task<ReadOnlyMemory<byte>> RetrieveAsync(int number, int maxBytes, CancellationToken cancellation)
    {
        await CommandAsync("RETR", string.Create(CultureInfo.InvariantCulture, $"RETR {number}"), cancellation).ConfigureAwait(false);
        return await _lines.BodyAsync("RETR", maxBytes, cancellation).ConfigureAwait(false);
    }

    /// <summary>Marks a mail; the server deletes at <see cref="QuitAsync"/>.</summary>
    public Task DeleteAsync(int number, CancellationToken cancellation) => CommandAsync("DELE", string.Create(CultureInfo.InvariantCulture, $"DELE {number}"), cancellation);

    /// <summary>Ends the session in order: what was marked is deleted.</summary>
    public Task QuitAsync(CancellationToken cancellation) => CommandAsync("QUIT", "QUIT", cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        if (_options.Tls == Pop3Tls.Implicit) await ProtectAsync(cancellation).ConfigureAwait(false);
        await _lines.ExpectOkAsync("Connect", cancellation).ConfigureAwait(false);
        if (_options.Tls == Pop3Tls.StartTls)
        {
            await CommandAsync("STLS", "STLS", cancellation).ConfigureAwait(false);

            // Octets that came before the handshake are an attacker's: they must not be read as the protected session.
            if (_lines.HasBuffered)
                throw new Pop3Exception("STLS", "the server sent data before TLS began");
            await ProtectAsync(cancellation).ConfigureAwait(false);
        }

        await CommandAsync("USER", "USER " + Argument(_options.User), cancellation).ConfigureAwait(false);
        await CommandAsync("PASS", "PASS " + Argument(_options.Password()), cancellation).ConfigureAwait(false);
    }

    private async Task ProtectAsync(CancellationToken cancellation)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        var options = new SslClientAuthenticationOptions { TargetHost = _options.Host, RemoteCertificateValidationCallback = _options.CertificateValidation };
        try
        {
            await Pop3Lines.LimitAsync(token => tls.AuthenticateAsClientAsync(options, token), _options.Timeout, "STLS", cancellation).ConfigureAwait(false);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            throw new Pop3Exception("STLS", e.Message);
        }

        _lines = new Pop3Lines(_stream, _options.Timeout);
    }

    private async Task<List<(int Number, string Value)>> NumberedAsync(string command, CancellationToken cancellation)
    {
        await CommandAsync(command, command, cancellation).ConfigureAwait(false);
        var list = new List<(int, string)>();
        foreach (var line in await _lines.ListAsync(command, cancellation).ConfigureAwait(false))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                list.Add((number, line[(space + 1)..].Trim()));
        }

        return list;
    }

    private async Task CommandAsync(string step, string line, CancellationToken cancellation)
    {
        await _lines.WriteAsync(step, line, cancellation).ConfigureAwait(false);
        await _lines.ExpectOkAsync(step, cancellation).ConfigureAwait(false);
    }

    /// <summary>A line end in a name or password would begin a command of its own.</summary>
    private static string Argument(string text) => text.AsSpan().ContainsAny("\r\n\0") ? throw new Pop3Exception("USER", "name or password holds a control character") : text;
}

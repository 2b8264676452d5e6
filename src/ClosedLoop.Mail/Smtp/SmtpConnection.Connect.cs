using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ClosedLoop.Mail.Smtp;

public sealed partial class SmtpConnection
{
    /// <summary>Connects, greets, protects and authenticates as the options say.</summary>
    /// <param name="options">The relay.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <exception cref="MailFormatException">The options are not fit for use, code <see cref="MailErrors.Option"/>.</exception>
    /// <exception cref="SmtpConnectException">Whatever kept the connection from being usable; also cancellation.</exception>
    public static async Task<SmtpConnection> ConnectAsync(SmtpRelayOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
            throw new MailFormatException(MailErrors.Option, string.Join("; ", faults));

        // Without TCP_NODELAY the last segment of each message waits for the acknowledgement of the one before it, 40 ms on Linux.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connection = new SmtpConnection(options, socket);
        var progress = new Progress();
        using var registration = connection.Bind(cancellationToken);
        try
        {
            await connection.OpenAsync(progress);
            return connection;
        }
        catch (Exception e) when (IsLoss(e))
        {
            var text = connection.Describe(e, progress.Stage);
            await connection.CloseFailedAsync();
            throw new SmtpConnectException(new SmtpResult(SmtpAction.DropConnection, 0, default, text, progress.Stage), e);
        }
        catch (SmtpConnectException)
        {
            await connection.CloseFailedAsync();
            throw;
        }
    }

    private async ValueTask CloseFailedAsync()
    {
        Abort();
        await DisposeAsync();
    }

    private async Task OpenAsync(Progress progress)
    {
        Arm(_options.Timeouts.Connect);
        await _socket.ConnectAsync(new DnsEndPoint(_options.Host, _options.Port), _deadline.Token);
        _stream = new NetworkStream(_socket, ownsSocket: false);
        if (_options.Tls == SmtpTls.Implicit)
            await ProtectAsync(progress);

        progress.Stage = SmtpStage.Greeting;
        Arm(_options.Timeouts.Greeting);
        var greeting = await ReadReplyAsync();
        if (greeting.Code != 220)
            throw Refused(greeting, SmtpStage.Greeting);

        await HelloAsync(progress);
        if (_options.Tls is SmtpTls.Required or SmtpTls.Opportunistic)
            await StartTlsAsync(progress);
        if (_options.UserName is not null)
            await AuthenticateAsync(progress);
        Arm(Timeout.InfiniteTimeSpan);
    }

    private async Task HelloAsync(Progress progress)
    {
        progress.Stage = SmtpStage.Ehlo;
        Arm(_options.Timeouts.Command);
        var reply = await CommandAsync($"EHLO {_options.ClientName}\r\n");

        // RFC 5321 section 3.2: a server without extensions knows HELO only.
        if (reply.Code is 500 or 502 or 504 or 550)
            reply = await CommandAsync($"HELO {_options.ClientName}\r\n");
        if (reply.Code != 250)
            throw Refused(reply, SmtpStage.Ehlo);
        var text = _reader.TextOf(reply);
        Greeting = text.Split('\n')[0];
        Capabilities = SmtpCapabilities.Parse(text);
    }

    private async Task StartTlsAsync(Progress progress)
    {
        progress.Stage = SmtpStage.StartTls;
        if (!Capabilities.StartTls)
        {
            if (_options.Tls == SmtpTls.Opportunistic)
                return;
            throw Local(SmtpStage.StartTls, new EnhancedStatusCode(5, 7, 10), "the server does not offer STARTTLS, which the option Tls requires");
        }

        Arm(_options.Timeouts.Command);
        var reply = await CommandAsync("STARTTLS\r\n");
        if (reply.Code != 220)
        {
            // RFC 3207 section 4: the client may go on without TLS when its policy allows.
            if (_options.Tls == SmtpTls.Opportunistic && !_closed)
                return;
            throw Refused(reply, SmtpStage.StartTls);
        }

        // Octets that came in clear behind the 220 would be read as if they had come protected (command injection, CVE-2011-0411).
        if (_reader.HasUnread)
            throw new SmtpProtocolException("the server sent more in clear text after its reply to STARTTLS");
        await ProtectAsync(progress);

        // RFC 3207 section 4.2: what was learnt before the handshake is forgotten.
        await HelloAsync(progress);
    }

    private async Task ProtectAsync(Progress progress)
    {
        progress.Stage = SmtpStage.StartTls;
        Arm(_options.Timeouts.Connect);
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
#pragma warning disable CA5359 // Opportunistic TLS is for relays whose certificate cannot be checked.
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = _options.Host,
                RemoteCertificateValidationCallback = _options.Tls == SmtpTls.Opportunistic ? AcceptAny : _options.CertificateCheck,
            },
            _deadline.Token);
#pragma warning restore CA5359
        IsEncrypted = true;
    }

    /// <summary>RFC 7435 section 3: an unchecked certificate still beats clear text, which is what opportunistic mail would fall back to.</summary>
    private static bool AcceptAny(object sender, System.Security.Cryptography.X509Certificates.X509Certificate? certificate, System.Security.Cryptography.X509Certificates.X509Chain? chain, SslPolicyErrors errors) => true;

    private async Task AuthenticateAsync(Progress progress)
    {
        progress.Stage = SmtpStage.Auth;
        if (!IsEncrypted && !_options.AllowPlainTextAuth)
            throw Local(SmtpStage.Auth, new EnhancedStatusCode(5, 7, 11), "the password is not sent over a connection without TLS (option AllowPlainTextAuth)");
        Arm(_options.Timeouts.Command);
        SmtpReply reply;
        if (Capabilities.Auth.Contains("PLAIN"))
        {
            // RFC 4616: authorisation identity (none), NUL, user, NUL, password.
            reply = await CommandAsync($"AUTH PLAIN {Base64Of($"\0{_options.UserName}\0{_options.Password}")}\r\n");
        }
        else if (Capabilities.Auth.Contains("LOGIN"))
        {
            reply = await CommandAsync("AUTH LOGIN\r\n");
            if (reply.Code == 334)
                reply = await CommandAsync($"{Base64Of(_options.UserName!)}\r\n");
            if (reply.Code == 334)
                reply = await CommandAsync($"{Base64Of(_options.Password!)}\r\n");
        }
        else
        {
            throw Local(SmtpStage.Auth, new EnhancedStatusCode(5, 7, 4), $"the server offers AUTH {string.Join(' ', Capabilities.Auth)}; expected PLAIN or LOGIN");
        }

        if (reply.Code != 235)
            throw Refused(reply, SmtpStage.Auth);
    }

    private async Task<SmtpReply> CommandAsync(string line)
    {
        Append(line);
        await FlushAsync();
        return await ReadReplyAsync();
    }

    private SmtpConnectException Refused(in SmtpReply reply, SmtpStage stage) =>
        new(new SmtpResult(SmtpAction.DropConnection, reply.Code, _reader.EnhancedCodeOf(reply), _reader.TextOf(reply), stage));

    private static SmtpConnectException Local(SmtpStage stage, EnhancedStatusCode code, string text) =>
        new(new SmtpResult(SmtpAction.DropConnection, 0, code, text, stage));

    private static string Base64Of(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>How far the opening came, for the result when it fails.</summary>
    private sealed class Progress
    {
        public SmtpStage Stage { get; set; } = SmtpStage.Connect;
    }
}

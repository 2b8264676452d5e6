using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClosedLoop.Mail.Smtp;

public sealed partial class SmtpConnection
{
    /// <summary>In base64 it stays below the 12,288 octets of an AUTH line (RFC 4954 section 4) with the user beside it.</summary>
    private const int MaxToken = 7168;

    private SmtpTlsPolicy _policy = SmtpTlsPolicy.None;

    /// <summary>Whether STARTTLS is left out because it failed on the connection before.</summary>
    private bool _skipTls;

    /// <summary>Connects, greets, protects and authenticates as the options say.</summary>
    /// <param name="options">The relay.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <param name="transcript">Where all that is said is written down until the connection is closed; <c>null</c> for nowhere.</param>
    /// <exception cref="MailFormatException">The options are not fit for use, code <see cref="MailErrors.Option"/>.</exception>
    /// <exception cref="SmtpConnectException">Whatever kept the connection from being usable; also cancellation.</exception>
    public static async Task<SmtpConnection> ConnectAsync(SmtpRelayOptions options, CancellationToken cancellationToken, SmtpTranscript? transcript = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
            throw new MailFormatException(MailErrors.Option, string.Join("; ", faults));
        try
        {
            return await TryConnectAsync(options, skipTls: false, transcript, cancellationToken);
        }
        catch (SmtpConnectException e) when (e.MayFallBack && !cancellationToken.IsCancellationRequested)
        {
            // RFC 7435 section 3: a broken handshake must not stop what would have gone in clear text to a server without STARTTLS.
            options.Conceded?.Invoke(SmtpConcession.ClearText, e.Message);
            return await TryConnectAsync(options, skipTls: true, transcript, cancellationToken);
        }
    }

    private static async Task<SmtpConnection> TryConnectAsync(SmtpRelayOptions options, bool skipTls, SmtpTranscript? transcript, CancellationToken cancellationToken)
    {
        // Without TCP_NODELAY the last segment of each message waits for the acknowledgement of the one before it, 40 ms on Linux.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connection = new SmtpConnection(options, socket, transcript) { _skipTls = skipTls };
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
            transcript?.Note(text);
            var mayFallBack = progress.InHandshake && connection.MayFallBack;
            await connection.CloseFailedAsync();
            var result = new SmtpResult(SmtpAction.DropConnection, 0, default, text, progress.Stage);
            throw new SmtpConnectException(result, e) { MayFallBack = mayFallBack };
        }
        catch (SmtpConnectException e)
        {
            if (e.Result.Code == 0) transcript?.Note(e.Result.Text);
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
        if (_options.TlsPolicy is { } ask)
            _policy = await AskAsync(token => ask(_options.Host, token), SmtpStage.Connect, "the policy for the host's TLS");
        Arm(_options.Timeouts.Connect);
        _transcript?.Note($"connecting to {_options.Host}, port {_options.Port}{(_skipTls ? ", without TLS" : "")}");
        await _socket.ConnectAsync(new DnsEndPoint(_options.Host, _options.Port), _deadline.Token);
        _transcript?.Note($"connected to {_socket.RemoteEndPoint} from {_socket.LocalEndPoint}");
        _stream = new NetworkStream(_socket, ownsSocket: false);
        if (_options.Tls == SmtpTls.Implicit)
            await ProtectAsync(progress);

        progress.Stage = SmtpStage.Greeting;
        Arm(_options.Timeouts.Greeting);
        var greeting = await ReadReplyAsync();
        if (greeting.Code != 220)
            throw Refused(greeting, SmtpStage.Greeting);

        await HelloAsync(progress);
        if ((_options.Tls is SmtpTls.Required or SmtpTls.Opportunistic && !_skipTls) || _policy.Required)
            await StartTlsAsync(progress);
        if (_options.UserName is not null)
            await AuthenticateAsync(progress);
        Arm(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether mail may go in clear text, or to a certificate nobody vouches for.</summary>
    private bool MayBeUnprotected => _options.Tls is (SmtpTls.None or SmtpTls.Opportunistic) && !_policy.Required;

    /// <summary>Whether a failed handshake may be followed by a connection in clear text: never with a password, which an attacker would break it for.</summary>
    private bool MayFallBack => _options is { Tls: SmtpTls.Opportunistic, UserName: null } && !_policy.Required;

    /// <summary>Asks code that is not ours; whatever it throws is a failed connection, which says nothing about any recipient.</summary>
    private async ValueTask<T> AskAsync<T>(Func<CancellationToken, ValueTask<T>> ask, SmtpStage stage, string what)
    {
        try
        {
            return await ask(_deadline.Token);
        }
#pragma warning disable CA1031 // It becomes the connection's result, with its cause.
        catch (Exception e) when (!IsLoss(e) || e is IOException)
#pragma warning restore CA1031
        {
            throw new SmtpConnectException(new SmtpResult(SmtpAction.DropConnection, 0, new EnhancedStatusCode(4, 4, 3), $"{what} could not be had: {e.Message}", stage), e);
        }
    }

    private async Task HelloAsync(Progress progress)
    {
        progress.Stage = SmtpStage.Ehlo;
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
        if (IsEncrypted)
            return;
        progress.Stage = SmtpStage.StartTls;
        if (!Capabilities.StartTls)
        {
            if (MayBeUnprotected)
                return;
            throw Local(SmtpStage.StartTls, new EnhancedStatusCode(5, 7, 10), "the server does not offer STARTTLS, which the option Tls or the host's policy requires");
        }

        var reply = await CommandAsync("STARTTLS\r\n");
        if (reply.Code != 220)
        {
            // RFC 3207 section 4: the client may go on without TLS when its policy allows.
            if (MayBeUnprotected && !_closed)
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
        progress.InHandshake = true;
#pragma warning disable CA5359 // Opportunistic TLS is for relays whose certificate cannot be checked.
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = _policy.CertificateName ?? _options.Host,
                CertificateChainPolicy = ChainPolicy(),
                RemoteCertificateValidationCallback = MayBeUnprotected ? AcceptAny : _policy.CertificateCheck ?? _options.CertificateCheck,
            },
            _deadline.Token);
#pragma warning restore CA5359
        progress.InHandshake = false;
        IsEncrypted = true;
        _transcript?.Note($"{tls.SslProtocol}, {tls.NegotiatedCipherSuite}, certificate of {tls.RemoteCertificate?.Subject} by {tls.RemoteCertificate?.Issuer} until {tls.RemoteCertificate?.GetExpirationDateString()}");
    }

    /// <summary>Null for the machine's roots. Private authorities seldom publish what they revoked.</summary>
    private X509ChainPolicy? ChainPolicy()
    {
        if (_options.Roots is not { } roots)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    /// <summary>RFC 7435 section 3: an unchecked certificate still beats clear text, which is what opportunistic mail would fall back to.</summary>
    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private async Task AuthenticateAsync(Progress progress)
    {
        progress.Stage = SmtpStage.Auth;
        if (!IsEncrypted && !_options.AllowPlainTextAuth)
            throw Local(SmtpStage.Auth, new EnhancedStatusCode(5, 7, 11), "the password is not sent over a connection without TLS (option AllowPlainTextAuth)");
        var reply = _options.AccessToken is { } token ? await SendTokenAsync(token) : await SendPasswordAsync();
        if (reply.Code != 235)
            throw Refused(reply, SmtpStage.Auth);
    }

    private async Task<SmtpReply> SendPasswordAsync()
    {
        // RFC 4616: authorisation identity (none), NUL, user, NUL, password.
        if (Capabilities.Auth.Contains("PLAIN"))
            return await CommandAsync($"AUTH PLAIN {Base64Of($"\0{_options.UserName}\0{_options.Password}")}\r\n", "AUTH PLAIN (user and password)");
        if (!Capabilities.Auth.Contains("LOGIN"))
            throw Local(SmtpStage.Auth, new EnhancedStatusCode(5, 7, 4), $"the server offers AUTH {string.Join(' ', Capabilities.Auth)}; expected PLAIN or LOGIN");
        var reply = await CommandAsync("AUTH LOGIN\r\n");
        if (reply.Code == 334)
            reply = await CommandAsync($"{Base64Of(_options.UserName!)}\r\n", "(user)");
        if (reply.Code == 334)
            reply = await CommandAsync($"{Base64Of(_options.Password!)}\r\n", "(password)");
        return reply;
    }

    /// <summary>The providers' XOAUTH2: user and bearer token in one response; a refusal is explained in a challenge that wants an empty answer.</summary>
    private async Task<SmtpReply> SendTokenAsync(Func<CancellationToken, ValueTask<string>> ask)
    {
        if (!Capabilities.Auth.Contains("XOAUTH2"))
            throw Local(SmtpStage.Auth, new EnhancedStatusCode(5, 7, 4), $"the server offers AUTH {string.Join(' ', Capabilities.Auth)}; expected XOAUTH2");
        Arm(_options.Timeouts.Command);
        var token = await AskAsync(ask, SmtpStage.Auth, "the access token");
        if (token.Length is 0 or > MaxToken || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw Local(SmtpStage.Auth, new EnhancedStatusCode(5, 7, 8), $"the access token of {token.Length} characters is refused; expected 1 to {MaxToken} printable ASCII characters");
        var reply = await CommandAsync($"AUTH XOAUTH2 {Base64Of($"user={_options.UserName}\u0001auth=Bearer {token}\u0001\u0001")}\r\n", "AUTH XOAUTH2 (user and token)");
        return reply.Code == 334 ? await CommandAsync("\r\n") : reply;
    }

    /// <summary>One command and its reply, within the time of <see cref="SmtpTimeouts.Command"/>.</summary>
    /// <param name="line">With its end.</param>
    /// <param name="shown">What stands in a transcript in its place, for lines that hold a secret.</param>
    private async Task<SmtpReply> CommandAsync(string line, string? shown = null)
    {
        Arm(_options.Timeouts.Command);
        Append(line);
        if (shown is null)
            TellFrom(0);
        else
            _transcript?.Sent(Encoding.ASCII.GetBytes(shown));
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

        public bool InHandshake { get; set; }
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

public sealed class ConnectingTests
{
    private static async Task<SmtpResult> FailAsync(SmtpRelayOptions relay) =>
        (await Assert.ThrowsAsync<SmtpConnectException>(async () => await (await SmtpConnection.ConnectAsync(relay, CancellationToken.None)).DisposeAsync())).Result;

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    [Fact]
    public async Task Slow_greeting_times_out()
    {
        await using var peer = new ScriptedPeer(async p => await p.HearAsync());

        var result = await FailAsync(peer.Relay with { Timeouts = new SmtpTimeouts { Greeting = TimeSpan.FromMilliseconds(50) } });

        Assert.Equal((SmtpAction.DropConnection, 0, SmtpStage.Greeting), (result.Action, result.Code, result.Stage));
    }

    [Fact]
    public async Task Refused_greeting_carries_the_server_s_words()
    {
        await using var peer = new ScriptedPeer(async p => await p.SayAsync("554 5.7.1 your address is blocked"));

        var result = await FailAsync(peer.Relay);

        Assert.Equal((SmtpAction.DropConnection, 554, SmtpStage.Greeting, "5.7.1 your address is blocked"), (result.Action, result.Code, result.Stage, result.Text));
    }

    [Fact]
    public async Task Closed_port_is_a_connect_failure()
    {
        SmtpRelayOptions relay;
        await using (var peer = new ScriptedPeer(_ => Task.CompletedTask))
            relay = peer.Relay;

        Assert.Equal(SmtpStage.Connect, (await FailAsync(relay)).Stage);
    }

    [Fact]
    public async Task Server_without_extensions_is_greeted_with_helo()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.SayAsync("220 old");
            await p.AnswerAsync("502 what", "250 hello", "221 bye");
        });

        await using (var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None))
            Assert.False(connection.Capabilities.Pipelining);
        await peer.Finished;

        Assert.Equal(["EHLO localhost", "HELO localhost", "QUIT"], peer.Heard);
    }

    [Fact]
    public async Task Capabilities_are_read_whatever_their_case()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("pipelining", "SIZE 12345", "8BITMIME", "AUTH PLAIN LOGIN", "auth=login", "CHUNKING", "ENHANCEDSTATUSCODES", "DSN", "SMTPUTF8", "STARTTLS");
            await p.AnswerAsync("221 bye");
        });

        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        var found = connection.Capabilities;
        Assert.True(found is { Pipelining: true, EightBitMime: true, Chunking: true, EnhancedStatusCodes: true, Dsn: true, SmtpUtf8: true, StartTls: true, MaxSize: 12345 });
        Assert.Equal(["PLAIN", "LOGIN"], found.Auth);
    }

    [Theory]
    [InlineData("AUTH PLAIN LOGIN", "AUTH PLAIN AHVzZXIAcMOkc3M=")]
    [InlineData("AUTH LOGIN", "AUTH LOGIN|dXNlcg==|cMOkc3M=")]
    public async Task Password_goes_by_the_mechanism_offered(string offer, string expected)
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync(offer);
            if (offer == "AUTH LOGIN")
                await p.AnswerAsync("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6");
            await p.AnswerAsync("235 2.7.0 welcome", "221 bye");
        });

        await (await SmtpConnection.ConnectAsync(peer.Relay with { UserName = "user", Password = "päss", AllowPlainTextAuth = true }, CancellationToken.None)).DisposeAsync();
        await peer.Finished;

        Assert.Equal($"EHLO localhost|{expected}|QUIT", string.Join('|', peer.Heard));
    }

    [Fact]
    public async Task Wrong_password_is_a_failure_of_the_connection()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("AUTH PLAIN");
            await p.AnswerAsync("535 5.7.8 wrong");
        });

        var result = await FailAsync(peer.Relay with { UserName = "user", Password = "x", AllowPlainTextAuth = true });

        Assert.Equal((535, SmtpStage.Auth, "5.7.8"), (result.Code, result.Stage, result.EnhancedCode.ToString()));
    }

    [Fact]
    public async Task Password_is_not_sent_in_clear_text()
    {
        await using var peer = new ScriptedPeer(async p => await p.HelloAsync("AUTH PLAIN"));
        var relay = peer.Relay with { UserName = "user", Password = "secret" };

        var error = await Assert.ThrowsAsync<MailFormatException>(() => SmtpConnection.ConnectAsync(relay, CancellationToken.None));
        Assert.Equal(MailErrors.Option, error.Code);
        Assert.Equal(SmtpStage.Auth, (await FailAsync(relay with { Tls = SmtpTls.Opportunistic })).Stage);
        Assert.DoesNotContain(peer.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Required_tls_that_is_not_offered_stops_the_mail()
    {
        await using var peer = new ScriptedPeer(async p => await p.HelloAsync());

        Assert.Equal((SmtpStage.StartTls, "5.7.10"), await FailAsync(peer.Relay with { Tls = SmtpTls.Required }) is var r ? (r.Stage, r.EnhancedCode.ToString()) : default);
    }

    [Fact]
    public async Task Clear_text_behind_the_starttls_reply_is_refused()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("STARTTLS");
            await p.HearAsync();
            await p.SayAsync("220 go", "250 injected");
        });

        Assert.Contains("clear text", (await FailAsync(peer.Relay with { Tls = SmtpTls.Required })).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpTls.Required, false)]
    [InlineData(SmtpTls.Opportunistic, false)]
    [InlineData(SmtpTls.Implicit, true)]
    public async Task Mail_goes_over_tls(SmtpTls mode, bool implicitTls)
    {
        using var certificate = Certificate();
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate, ImplicitTls = implicitTls });
        var relay = new SmtpRelayOptions
        {
            Host = "127.0.0.1",
            Port = sink.EndPoint.Port,
            Tls = mode,
            CertificateCheck = (_, shown, _, _) => shown!.GetCertHashString() == certificate.Thumbprint,
        };
        await using var connection = await SmtpConnection.ConnectAsync(relay, CancellationToken.None);

        var result = await connection.SendAsync("", "a@x.org", Samples.Message(), CancellationToken.None);

        Assert.True(connection.IsEncrypted);
        Assert.Equal(SmtpAction.Accepted, result.Action);
        Assert.Equal(1, sink.Count);
    }

    [Theory]
    [InlineData(SmtpTls.Required, false)]
    [InlineData(SmtpTls.Implicit, true)]
    public async Task Untrusted_certificate_is_refused(SmtpTls mode, bool implicitTls)
    {
        using var certificate = Certificate();
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate, ImplicitTls = implicitTls });

        var result = await FailAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = mode });

        Assert.Equal(SmtpStage.StartTls, result.Stage);
    }

    [Fact]
    public void All_faults_of_the_options_are_named_at_once()
    {
        var faults = new SmtpRelayOptions { Host = "", Port = 70000, ClientName = "a\r\nb", UserName = new string('\0', 1025), MaxReplyLength = 1, Tls = SmtpTls.None }.Validate();

        Assert.Equal(8, faults.Count);
    }
}

using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

/// <summary>AUTH behind TLS, and what others know about a host's TLS.</summary>
public sealed class ProtectedConnectionTests
{
    private static readonly Dictionary<string, string> Users = new() { ["user"] = "päss" };

    private static async Task<SmtpResult> OutcomeAsync(SmtpRelayOptions relay)
    {
        try
        {
            await using var connection = await SmtpConnection.ConnectAsync(relay, CancellationToken.None);
            return await connection.SendAsync("f@x.org", "a@x.org", Samples.Message(), CancellationToken.None);
        }
        catch (SmtpConnectException e)
        {
            return e.Result;
        }
    }

    [Theory]
    [InlineData("päss", SmtpAction.Accepted, 250)]
    [InlineData("wrong", SmtpAction.DropConnection, 535)]
    public async Task Password_is_checked_behind_tls(string password, SmtpAction action, int code)
    {
        using var certificate = TestCertificate.For("mail.example");
        await using var sink = new RecordingSink(new SmtpSinkOptions { Certificate = certificate, Users = Users, RequireAuth = true });

        var result = await OutcomeAsync(sink.Relay with { Tls = SmtpTls.Opportunistic, UserName = "user", Password = password });

        Assert.Equal((action, code), (result.Action, result.Code));
        Assert.Equal(action == SmtpAction.Accepted ? "user" : null, sink.Taken.SingleOrDefault()?.Record.User);
    }

    [Fact]
    public async Task Mail_without_a_password_is_turned_away()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Users = Users, RequireAuth = true });

        Assert.Equal((SmtpAction.DropConnection, 530), await OutcomeAsync(sink.Relay) is var r ? (r.Action, r.Code) : default);
    }

    [Fact]
    public async Task Access_token_is_fetched_for_each_connection()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Users = new Dictionary<string, string> { ["user"] = "token-2" }, RequireAuth = true });
        var fetched = 0;
        var relay = sink.Relay with { UserName = "user", AccessToken = _ => ValueTask.FromResult($"token-{++fetched}"), AllowPlainTextAuth = true };

        var first = await OutcomeAsync(relay);
        var second = await OutcomeAsync(relay);

        Assert.Equal((535, "5.7.8", SmtpStage.Auth), (first.Code, first.EnhancedCode.ToString(), first.Stage));
        Assert.Equal(SmtpAction.Accepted, second.Action);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nQUIT")]
    [InlineData("a\u0001auth=Bearer b")]
    public async Task Access_token_that_would_break_the_line_is_refused(string token)
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Users = Users });

        Assert.Equal("5.7.8", (await OutcomeAsync(sink.Relay with { UserName = "user", AccessToken = _ => ValueTask.FromResult(token), AllowPlainTextAuth = true })).EnhancedCode.ToString());
    }

    [Fact]
    public async Task Access_token_needs_tls_and_a_server_that_knows_it()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Users = Users });
        var relay = sink.Relay with { UserName = "user", AccessToken = _ => ValueTask.FromResult("x"), Tls = SmtpTls.Opportunistic };
        await using var peer = new ScriptedPeer(async p => await p.HelloAsync("AUTH PLAIN"));

        Assert.Equal("5.7.11", (await OutcomeAsync(relay)).EnhancedCode.ToString());
        Assert.Equal("5.7.4", (await OutcomeAsync(relay with { Port = peer.Relay.Port, AllowPlainTextAuth = true })).EnhancedCode.ToString());
        Assert.Contains("expected one of them", Assert.Single((relay with { Password = "y" }).Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpTls.None)]
    [InlineData(SmtpTls.Opportunistic)]
    public async Task Policy_that_requires_tls_stops_mail_in_clear_text(SmtpTls tls)
    {
        await using var sink = new RecordingSink();
        string? asked = null;

        var result = await OutcomeAsync(sink.Relay with { Tls = tls, TlsPolicy = (host, _) => ValueTask.FromResult(new SmtpTlsPolicy(Required: (asked = host) != "")) });

        Assert.Equal(("127.0.0.1", SmtpStage.StartTls, "5.7.10"), (asked, result.Stage, result.EnhancedCode.ToString()));
        Assert.Empty(sink.Taken);
    }

    [Theory]
    [InlineData(false, SmtpAction.DropConnection)]
    [InlineData(true, SmtpAction.Accepted)]
    public async Task Policy_says_which_certificate_will_do(bool matches, SmtpAction expected)
    {
        using var certificate = TestCertificate.For("mail.example");
        await using var sink = new RecordingSink(new SmtpSinkOptions { Certificate = certificate });
        string? name = null;
        var policy = new SmtpTlsPolicy(true, (stream, _, _, _) => (name = ((System.Net.Security.SslStream)stream).TargetHostName) != "" && matches, "mail.example");

        var result = await OutcomeAsync(sink.Relay with { Tls = SmtpTls.Opportunistic, TlsPolicy = (_, _) => ValueTask.FromResult(policy) });

        Assert.Equal((expected, "mail.example"), (result.Action, name));
    }

    [Fact]
    public async Task Policy_that_knows_nothing_does_not_loosen_the_options()
    {
        await using var sink = new RecordingSink();

        Assert.Equal("5.7.10", (await OutcomeAsync(sink.Relay with { Tls = SmtpTls.Required, TlsPolicy = (_, _) => ValueTask.FromResult(SmtpTlsPolicy.None) })).EnhancedCode.ToString());
    }

    [Theory]
    [InlineData("localhost", true, SmtpAction.Accepted)]
    [InlineData("mail.example", true, SmtpAction.DropConnection)]
    [InlineData("localhost", false, SmtpAction.DropConnection)]
    public async Task Private_authority_is_believed_for_the_name_it_vouches_for(string name, bool known, SmtpAction expected)
    {
        using var certificate = TestCertificate.For(name);
        using var other = TestCertificate.For(name);
        await using var sink = new RecordingSink(new SmtpSinkOptions { Certificate = certificate });

        var result = await OutcomeAsync(sink.Relay with { Host = "localhost", Tls = SmtpTls.Required, Roots = [known ? certificate : other] });

        Assert.Equal(expected, result.Action);
    }

    [Fact]
    public async Task Policy_or_token_that_cannot_be_had_is_a_failed_connection()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Users = Users });
        var relay = sink.Relay with { TlsPolicy = (_, _) => throw new InvalidOperationException("no DNS") };

        var policy = await OutcomeAsync(relay);
        var token = await OutcomeAsync(sink.Relay with { UserName = "user", AccessToken = _ => throw new UnauthorizedAccessException("no file"), AllowPlainTextAuth = true });

        Assert.Equal((SmtpAction.DropConnection, "4.4.3", SmtpStage.Connect), (policy.Action, policy.EnhancedCode.ToString(), policy.Stage));
        Assert.Equal((SmtpAction.DropConnection, "4.4.3", SmtpStage.Auth), (token.Action, token.EnhancedCode.ToString(), token.Stage));
        Assert.Contains("no file", token.Text, StringComparison.Ordinal);
    }
}

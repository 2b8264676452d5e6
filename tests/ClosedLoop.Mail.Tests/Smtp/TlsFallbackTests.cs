using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

/// <summary>A server whose STARTTLS breaks after its 220.</summary>
public sealed class TlsFallbackTests
{
    private static async Task BreakAsync(ScriptedPeer peer)
    {
        await peer.HelloAsync("STARTTLS", "AUTH PLAIN");
        await peer.AnswerAsync("220 go");
        await peer.HearAnythingAsync();
        await peer.SayAsync("this is no handshake");
        peer.Close();
    }

    private static async Task TakeAsync(ScriptedPeer peer)
    {
        await peer.HelloAsync("STARTTLS", "AUTH PLAIN");
        await peer.AnswerAsync("250 ok", "250 ok", "354 go");
        await peer.HearTextAsync();
        await peer.SayAsync("250 taken");
        await peer.AnswerAsync("221 bye");
        peer.Close();
    }

    [Fact]
    public async Task Opportunistic_mail_goes_in_clear_text_on_a_new_connection()
    {
        await using var peer = new ScriptedPeer(BreakAsync, TakeAsync);
        var conceded = new List<SmtpConcession>();
        var relay = peer.Relay with { Tls = SmtpTls.Opportunistic, Conceded = (what, _) => conceded.Add(what) };

        await using (var connection = await SmtpConnection.ConnectAsync(relay, CancellationToken.None))
        {
            Assert.False(connection.IsEncrypted);
            Assert.Equal(SmtpAction.Accepted, (await connection.SendAsync("f@x.org", "a@x.org", Samples.Message(), CancellationToken.None)).Action);
        }

        Assert.Equal([SmtpConcession.ClearText], conceded);
        Assert.Equal(["EHLO localhost", "STARTTLS", "EHLO localhost", "MAIL FROM:<f@x.org>", "RCPT TO:<a@x.org>", "DATA", "QUIT"], peer.Heard);
    }

    [Theory]
    [InlineData(SmtpTls.Required, false, false)]
    [InlineData(SmtpTls.Opportunistic, true, false)]
    [InlineData(SmtpTls.Opportunistic, false, true)]
    public async Task Mail_that_needs_tls_and_mail_with_a_password_never_go_in_clear_text(SmtpTls tls, bool policy, bool password)
    {
        await using var peer = new ScriptedPeer(BreakAsync, TakeAsync);
        var conceded = new List<SmtpConcession>();
        var relay = peer.Relay with
        {
            Tls = tls,
            TlsPolicy = policy ? (_, _) => ValueTask.FromResult(new SmtpTlsPolicy(Required: true)) : null,
            UserName = password ? "user" : null,
            Password = password ? "secret" : null,
            AllowPlainTextAuth = true,
            Conceded = (what, _) => conceded.Add(what),
        };

        var refused = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(relay, CancellationToken.None));

        Assert.Equal(SmtpStage.StartTls, refused.Result.Stage);
        Assert.Empty(conceded);
        Assert.Equal(["EHLO localhost", "STARTTLS"], peer.Heard);
    }

    [Fact]
    public async Task Policy_that_has_become_strict_before_the_second_connection_holds()
    {
        await using var peer = new ScriptedPeer(BreakAsync, BreakAsync);
        var asked = 0;
        var relay = peer.Relay with { Tls = SmtpTls.Opportunistic, TlsPolicy = (_, _) => ValueTask.FromResult(new SmtpTlsPolicy(Required: ++asked > 1)) };

        await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(relay, CancellationToken.None));

        Assert.Equal(["EHLO localhost", "STARTTLS", "EHLO localhost", "STARTTLS"], peer.Heard);
    }
}

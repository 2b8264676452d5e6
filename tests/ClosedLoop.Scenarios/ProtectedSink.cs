using ClosedLoop.Mail.Smtp;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary><c>closedloop sink</c> stands in for a relay with STARTTLS and AUTH.</summary>
public sealed class ProtectedSink
{
    private static readonly byte[] Message = "Subject: hello\r\n\r\ntext\r\n"u8.ToArray();

    [Fact]
    public async Task Mail_is_taken_over_TLS_from_those_who_know_a_password()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false);
        var certificate = RelayCertificate.Make(installation);
        await using var sink = await SinkProcess.StartAsync(installation, "--certificate", certificate.File, "--key", certificate.KeyFile, "--user", "oak:kettle:1", "--user", "ash:x");
        var relay = new SmtpRelayOptions { Host = "127.0.0.1", Port = installation.SinkPort, Tls = SmtpTls.Required, Roots = certificate.Roots };

        var oak = await SendAsync(relay with { UserName = "oak", Password = "kettle:1" });
        var token = await SendAsync(relay with { UserName = "ash", AccessToken = _ => ValueTask.FromResult("x") });
        var wrong = await SendAsync(relay with { UserName = "oak", Password = "kettle" });
        var nobody = await SendAsync(relay);
        var stranger = await SendAsync(relay with { Roots = null });

        Assert.Equal((SmtpAction.Accepted, SmtpAction.Accepted), (oak.Action, token.Action));
        Assert.Equal((535, SmtpStage.Auth), (wrong.Code, wrong.Stage));
        Assert.Equal((530, SmtpStage.Mail), (nobody.Code, nobody.Stage));
        Assert.Equal(SmtpStage.StartTls, stranger.Stage);
        Assert.Equal(["oak", "ash"], installation.Books.Sink().Select(record => record.User));
    }

    [Theory]
    [InlineData("--user", "oak", "NAME:PASSWORD")]
    [InlineData("--user", ":secret", "NAME:PASSWORD")]
    [InlineData("--certificate", "/nowhere/relay.pem", "--certificate '/nowhere/relay.pem'")]
    [InlineData("--key", "/nowhere/relay.key", "with --certificate only")]
    public async Task What_cannot_be_used_is_a_usage_error(string option, string value, string said)
    {
        var result = await CommandResult.OfAsync("sink", "--data", Path.GetTempPath(), option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("CL2015", result.Error, StringComparison.Ordinal);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    private static async Task<SmtpResult> SendAsync(SmtpRelayOptions relay)
    {
        try
        {
            await using var connection = await SmtpConnection.ConnectAsync(relay, CancellationToken.None);
            return await connection.SendAsync("f@example.org", "a@example.org", Message, CancellationToken.None);
        }
        catch (SmtpConnectException e)
        {
            return e.Result;
        }
    }
}

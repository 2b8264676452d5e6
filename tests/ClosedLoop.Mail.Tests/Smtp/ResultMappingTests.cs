using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

public sealed class ResultMappingTests
{
    private static readonly byte[] Message = Samples.Message();

    [Theory]
    [InlineData("451 4.3.0 later", SmtpAction.Retry, "4.3.0")]
    [InlineData("550 5.7.1 not you", SmtpAction.GiveUp, "5.7.1")]
    [InlineData("550 go away", SmtpAction.GiveUp, "")]
    [InlineData("421 4.3.2 closing", SmtpAction.DropConnection, "4.3.2")]
    [InlineData("530 5.7.0 authentication required", SmtpAction.DropConnection, "5.7.0")]
    [InlineData("503 5.5.1 out of step", SmtpAction.DropConnection, "5.5.1")]
    public async Task Reply_code_says_what_to_do_at_every_step(string reply, SmtpAction action, string enhanced)
    {
        foreach (var stage in (SmtpStage[])[SmtpStage.Mail, SmtpStage.Rcpt, SmtpStage.Data, SmtpStage.Body])
        {
            await using var peer = new ScriptedPeer(async p =>
            {
                await p.HelloAsync();
                await p.AnswerAsync([.. Enumerable.Repeat("250 ok", stage switch { SmtpStage.Mail => 0, SmtpStage.Rcpt => 1, _ => 2 })]);
                if (stage == SmtpStage.Body)
                {
                    await p.AnswerAsync("354 go");
                    await p.HearTextAsync();
                    await p.SayAsync(reply);
                }
                else
                {
                    await p.AnswerAsync(reply);
                }
            });
            await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

            var result = await connection.SendAsync("f@x.org", "a@x.org", Message, CancellationToken.None);

            Assert.Equal((action, stage, enhanced, reply[4..]), (result.Action, result.Stage, result.EnhancedCode.ToString(), result.Text));
            Assert.Equal(action != SmtpAction.DropConnection, connection.IsUsable);
            if (!connection.IsUsable)
                continue;
            peer.Close();
        }
    }

    [Fact]
    public async Task Refused_recipient_is_followed_by_reset_and_the_next_message_goes_through()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync();
            await p.AnswerAsync("250 ok", "550 5.1.1 nobody", "250 reset", "250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 taken");
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        var first = await connection.SendAsync("f@x.org", "a@x.org", Message, CancellationToken.None);
        var second = await connection.SendAsync("f@x.org", "b@x.org", Message, CancellationToken.None);

        Assert.Equal((SmtpAction.GiveUp, SmtpAction.Accepted), (first.Action, second.Action));
        Assert.Equal(["EHLO localhost", "MAIL FROM:<f@x.org>", "RCPT TO:<a@x.org>", "RSET", "MAIL FROM:<f@x.org>", "RCPT TO:<b@x.org>", "DATA"], peer.Heard.Take(7));
    }

    [Fact]
    public async Task Connection_lost_within_the_text_may_be_tried_again()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync();
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearAsync();
            p.Crash();
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        // More than both kernels' buffers hold, so that the last byte cannot have been written.
        var large = new byte[16 * 1024 * 1024];
        Array.Fill(large, (byte)'\n');
        var result = await connection.SendAsync("f@x.org", "a@x.org", large, CancellationToken.None);

        Assert.Equal((SmtpAction.DropConnection, SmtpStage.Body), (result.Action, result.Stage));
        Assert.True(result.MayRetry);
        Assert.False(connection.IsUsable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_lost_after_the_dot_is_unknown(bool crash)
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync();
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            if (crash)
                p.Crash();
            else
                p.Close();
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        var result = await connection.SendAsync("f@x.org", "a@x.org", Message, CancellationToken.None);

        Assert.Equal((SmtpAction.Unknown, 0, SmtpStage.Body), (result.Action, result.Code, result.Stage));
        Assert.False(result.MayRetry);
    }

    [Fact]
    public async Task Silence_after_the_dot_is_unknown()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync();
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
        });
        var relay = peer.Relay with { Timeouts = new SmtpTimeouts { FinalDot = TimeSpan.FromMilliseconds(50) } };
        await using var connection = await SmtpConnection.ConnectAsync(relay, CancellationToken.None);

        var result = await connection.SendAsync("f@x.org", "a@x.org", Message, CancellationToken.None);

        Assert.Equal((SmtpAction.Unknown, SmtpStage.Body), (result.Action, result.Stage));
    }

    [Fact]
    public async Task Cancelled_before_the_text_may_be_tried_again()
    {
        using var stop = new CancellationTokenSource();
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync();
            await p.AnswerAsync("250 ok");
            await p.HearAsync();
            await stop.CancelAsync();
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        var result = await connection.SendAsync("f@x.org", "a@x.org", Message, stop.Token);

        Assert.Equal((SmtpAction.DropConnection, SmtpStage.Rcpt), (result.Action, result.Stage));
        Assert.Contains("cancelled", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello there")]
    [InlineData("999 what")]
    [InlineData("25")]
    [InlineData("250_ok")]
    public async Task Gibberish_ends_the_connection(string line)
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync();
            await p.AnswerAsync(line);
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        var result = await connection.SendAsync("f@x.org", "a@x.org", Message, CancellationToken.None);

        Assert.Equal((SmtpAction.DropConnection, SmtpStage.Mail), (result.Action, result.Stage));
    }

    [Fact]
    public async Task Reply_of_several_lines_is_one_text()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync();
            await p.HearAsync();
            await p.SayAsync("550-5.7.1 first", "550-5.7.1 second", "550 5.7.1 third");
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        var result = await connection.SendAsync("f@x.org", "a@x.org", Message, CancellationToken.None);

        Assert.Equal("5.7.1 first\n5.7.1 second\n5.7.1 third", result.Text);
        peer.Close();
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public async Task Reply_longer_than_the_limit_ends_the_connection(int length, bool fits)
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync();
            await p.AnswerAsync("550 " + new string('x', length - 6));
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay with { MaxReplyLength = 512 }, CancellationToken.None);

        var result = await connection.SendAsync("f@x.org", "a@x.org", Message, CancellationToken.None);

        Assert.Equal(fits ? SmtpAction.GiveUp : SmtpAction.DropConnection, result.Action);
        peer.Close();
    }
}

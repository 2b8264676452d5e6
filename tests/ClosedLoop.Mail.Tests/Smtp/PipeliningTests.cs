using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

public sealed class PipeliningTests
{
    private static readonly byte[] Message = Samples.Message();

    private static async Task<List<string>> SendAsync(ScriptedPeer peer, params string[] recipients)
    {
        var results = new List<string>();
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);
        await connection.SendBatchAsync([.. recipients.Select(r => new SmtpEnvelope("f@x.org", r, Message))], (_, r) => results.Add($"{r.Action} {r.Code} {r.Stage}"), CancellationToken.None);
        peer.Close();
        return results;
    }

    [Fact]
    public async Task Final_dot_travels_with_the_commands_of_the_next_message()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("PIPELINING");
            await p.HearAsync();
            await p.HearAsync();
            await p.HearAsync();
            await p.SayAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();

            // All three commands are heard before anything is answered: they came without waiting.
            await p.HearAsync();
            await p.HearAsync();
            await p.HearAsync();
            await p.SayAsync("250 first", "250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 second");
        });

        Assert.Equal(["Accepted 250 Body", "Accepted 250 Body"], await SendAsync(peer, "a@x.org", "b@x.org"));
        Assert.Equal("MAIL FROM:<f@x.org>|RCPT TO:<b@x.org>|DATA", string.Join('|', peer.Heard.Skip(4)));
    }

    [Fact]
    public async Task Refused_recipient_in_the_middle_is_followed_by_reset_in_the_next_group()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("PIPELINING");
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 first");
            await p.AnswerAsync("250 ok", "550 5.1.1 nobody", "554 no recipients", "250 reset", "250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 third");
        });

        Assert.Equal(["Accepted 250 Body", "GiveUp 550 Rcpt", "Accepted 250 Body"], await SendAsync(peer, "a@x.org", "b@x.org", "c@x.org"));
        Assert.Equal(["RSET", "MAIL FROM:<f@x.org>", "RCPT TO:<c@x.org>", "DATA"], peer.Heard.Skip(7));
    }

    [Fact]
    public async Task Refused_text_does_not_touch_the_message_already_opened()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("PIPELINING");
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("554 5.7.1 spam");
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 second");
        });

        Assert.Equal(["GiveUp 554 Body", "Accepted 250 Body"], await SendAsync(peer, "a@x.org", "b@x.org"));
    }

    [Fact]
    public async Task Server_that_wants_text_for_nobody_gets_a_lone_dot()
    {
        var text = "none";
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("PIPELINING");
            await p.AnswerAsync("250 ok", "550 nobody", "354 go");
            text = await p.HearTextAsync();
            await p.SayAsync("554 no recipients");
            await p.AnswerAsync("250 reset", "250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 second");
        });

        Assert.Equal(["GiveUp 550 Rcpt", "Accepted 250 Body"], await SendAsync(peer, "a@x.org", "b@x.org"));
        Assert.Equal("", text);
    }

    [Fact]
    public async Task Server_that_refuses_the_sender_but_takes_the_recipient_is_left()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("PIPELINING");
            await p.AnswerAsync("550 5.7.1 not you", "250 ok", "354 go");
            Assert.Equal("\r\n", await p.HearTextAsync());
        });

        Assert.Equal(["GiveUp 550 Mail", "DropConnection 0 None"], await SendAsync(peer, "a@x.org", "b@x.org"));
    }

    [Fact]
    public async Task Connection_lost_after_a_dot_is_unknown_for_that_message_only()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("PIPELINING");
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 first");
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            p.Crash();
        });

        Assert.Equal(["Accepted 250 Body", "Unknown 0 Body", "DropConnection 0 None"], await SendAsync(peer, "a@x.org", "b@x.org", "c@x.org"));
    }

    [Fact]
    public async Task Pipelining_that_is_not_offered_is_not_used()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("8BITMIME", "SIZE 1000000");
            await p.AnswerAsync("250 ok");
            await p.AnswerAsync("250 ok");
            await p.AnswerAsync("354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 ok");
        });

        Assert.Equal(["Accepted 250 Body"], await SendAsync(peer, "a@x.org"));
        Assert.Equal($"MAIL FROM:<f@x.org> SIZE={Message.Length}", peer.Heard[1]);
    }
}

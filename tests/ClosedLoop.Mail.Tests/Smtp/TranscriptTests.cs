using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

/// <summary>What is written down of a conversation, and what is not.</summary>
public sealed class TranscriptTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_sides_stand_in_it_without_message_and_recipient(bool pipelining)
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());
        var transcript = new SmtpTranscript(TimeProvider.System);
        await using (var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None, UsePipelining = pipelining, UseChunking = false }, CancellationToken.None, transcript))
        {
            await connection.SendBatchAsync(
                [new SmtpEnvelope("12.3@return.example.org", "anna.berg@example.com", Samples.Message()), new SmtpEnvelope("12.4@return.example.org", "ben@example.com", Samples.Message())], (_, _) => { }, CancellationToken.None);
            Assert.False(transcript.IsOver);
        }

        Assert.True(transcript.IsOver);
        var lines = transcript.Lines();
        Assert.Equal(lines.OrderBy(line => line.At), lines);
        var words = lines.Select(line => $"{line.From} {line.Text}").ToList();
        Assert.StartsWith("- connecting to 127.0.0.1", words[0], StringComparison.Ordinal);
        Assert.Contains(words, line => line.StartsWith("S 220 ", StringComparison.Ordinal));
        Assert.Contains(words, line => line.StartsWith("C EHLO ", StringComparison.Ordinal));
        Assert.Contains(words, line => line.StartsWith("C MAIL FROM:<12.3@return.example.org>", StringComparison.Ordinal));
        Assert.Equal(["C RCPT TO:<a…@example.com>", "C RCPT TO:<b…@example.com>"], words.Where(line => line.StartsWith("C RCPT", StringComparison.Ordinal)));
        Assert.Equal(2, words.Count(line => line == "C DATA"));
        Assert.Equal(2, words.Count(line => line == $"- a message of {Samples.Message().Length} octets, ended by a dot"));
        Assert.Equal("C QUIT", words[^3]);
        Assert.Equal("- closed", words[^1]);
        Assert.DoesNotContain(words, line => line.Contains("berg", StringComparison.Ordinal) || line.Contains("Subject", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("päss", "S 235")]
    [InlineData("tr0mbone", "S 535")]
    public async Task Protection_is_told_and_the_password_is_not(string password, string answer)
    {
        using var certificate = TestCertificate.For("mail.example");
        await using var sink = new RecordingSink(new SmtpSinkOptions { Certificate = certificate, Users = new Dictionary<string, string> { ["user"] = "päss" }, RequireAuth = true });
        var transcript = new SmtpTranscript(TimeProvider.System);
        try
        {
            await using var connection = await SmtpConnection.ConnectAsync(sink.Relay with { Tls = SmtpTls.Opportunistic, UserName = "user", Password = password }, CancellationToken.None, transcript);
        }
        catch (SmtpConnectException)
        {
            Assert.Equal("tr0mbone", password);
        }

        var words = transcript.Lines().Select(line => $"{line.From} {line.Text}").ToList();
        Assert.Contains(words, line => line.StartsWith("- Tls1", StringComparison.Ordinal) && line.Contains("mail.example", StringComparison.Ordinal));
        Assert.Contains("C AUTH PLAIN (user and password)", words);
        Assert.Contains(words, line => line.StartsWith(answer, StringComparison.Ordinal));
        var secret = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0user\0{password}"));
        Assert.DoesNotContain(words, line => line.Contains(secret, StringComparison.Ordinal) || line.Contains(password, StringComparison.Ordinal));
        Assert.True(transcript.IsOver);
    }

    [Fact]
    public async Task A_relay_that_is_not_there_is_told_too()
    {
        var transcript = new SmtpTranscript(TimeProvider.System);
        int port;
        await using (var sink = SmtpSink.Start(new SmtpSinkOptions())) port = sink.EndPoint.Port;
        await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = port, Tls = SmtpTls.None }, CancellationToken.None, transcript));

        Assert.Contains(transcript.Lines(), line => line.Text.Contains("refused during Connect", StringComparison.Ordinal));
        Assert.True(transcript.IsOver);
    }

    [Fact]
    public async Task No_more_lines_are_kept_than_allowed_and_none_is_longer()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.SayAsync("220 " + new string('x', 2000));
            p.Close();
        });
        var transcript = new SmtpTranscript(TimeProvider.System, maxLines: 3);
        await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None, transcript));

        Assert.Equal(3, transcript.Lines().Count);
        Assert.Equal(SmtpTranscript.LongestLine, transcript.Lines()[^1].Text.Length);
        Assert.True(transcript.IsOver);
    }

    [Fact]
    public async Task A_pool_opens_a_new_connection_for_it_and_gives_up_a_kept_one()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());
        await using var pool = new SmtpConnectionPool(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None });
        await pool.ReturnAsync(await pool.RentAsync(CancellationToken.None));
        Assert.Equal(1, pool.Idle);

        var transcript = new SmtpTranscript(TimeProvider.System);
        var traced = await pool.RentAsync(transcript, CancellationToken.None);
        Assert.Equal((0, 2L), (pool.Idle, sink.SessionsSinceStart));
        await pool.ReturnAsync(traced);
        Assert.False(transcript.IsOver);
        Assert.Equal(1, pool.Idle);
        Assert.Contains(transcript.Lines(), line => line.From == 'S' && line.Text.StartsWith("220", StringComparison.Ordinal));
    }
}

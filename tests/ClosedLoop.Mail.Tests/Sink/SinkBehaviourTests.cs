using System.Net.Sockets;
using System.Text;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Sink;

public sealed class SinkBehaviourTests
{
    /// <summary>Speaks raw octets and gives all replies up to the end of the stream.</summary>
    private static async Task<string[]> TalkAsync(SmtpSink sink, string input)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(sink.EndPoint);
        var stream = client.GetStream();
        var reading = new StreamReader(stream, Encoding.ASCII).ReadToEndAsync();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(input));
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // The sink closed first; its replies tell why.
        }

        return (await reading).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Codes(string[] replies) => string.Join(' ', replies.Select(r => r[..3]));

    [Fact]
    public async Task Pipelined_dialogue_is_answered_in_order()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());

        var replies = await TalkAsync(sink, "HELO me\r\nMAIL FROM:<>\r\nRCPT TO:<a@x.org>\r\nDATA\r\n.\r\nMAIL FROM:<f@x.org>\r\nRCPT TO:<a@x.org>\r\nRCPT TO:<b@x.org>\r\nDATA\r\n..x\r\n.\r\nQUIT\r\n");

        Assert.Equal("220 250 250 250 354 250 250 250 250 354 250 221", Codes(replies));
        Assert.Equal(2, sink.Count);
    }

    [Theory]
    [InlineData("MAIL FROM:<f@x.org>\r\n", "503")]
    [InlineData("EHLO\r\n", "501")]
    [InlineData("HELO x\r\nRCPT TO:<a@x.org>\r\n", "250 503")]
    [InlineData("HELO x\r\nDATA\r\n", "250 503")]
    [InlineData("HELO x\r\nMAIL FROM:<f@x.org>\r\nDATA\r\n", "250 250 554")]
    [InlineData("HELO x\r\nMAIL FROM:<f@x.org>\r\nMAIL FROM:<f@x.org>\r\n", "250 250 503")]
    [InlineData("HELO x\r\nMAIL FROM:f@x.org\r\n", "250 501")]
    [InlineData("HELO x\r\nMAIL FROM:<f@x.org> NONSENSE=1\r\n", "250 555")]
    [InlineData("HELO x\r\nMAIL FROM:<f@x.org> SIZE=99999999\r\n", "250 552")]
    [InlineData("HELO x\r\nMAIL FROM:<f@x.org>\r\nRCPT TO:<>\r\n", "250 250 501")]
    [InlineData("NONSENSE\r\nNOOP\r\nVRFY x\r\nRSET\r\n", "502 250 252 250")]
    [InlineData("STARTTLS\r\n", "502")]
    public async Task Commands_out_of_place_are_refused(string input, string expected)
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());

        Assert.Equal("220 " + expected, Codes(await TalkAsync(sink, input)));
    }

    [Theory]
    [MemberData(nameof(SmugglingEndings.All), MemberType = typeof(SmugglingEndings))]
    public async Task Only_the_true_ending_ends_the_text(string ending)
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger });

        var replies = await TalkAsync(sink, $"HELO x\r\nMAIL FROM:<f@x.org>\r\nRCPT TO:<a@x.org>\r\nDATA\r\ntext{ending}MAIL FROM:<e@x.org>\r\nRCPT TO:<e@x.org>\r\nDATA\r\nevil\r\n.\r\nQUIT\r\n");

        Assert.Equal("220 250 250 250 354 250 221", Codes(replies));
        Assert.Equal("a@x.org", SinkLedger.Read(ledger).Single().To.Single());
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(1001, 0)]
    [InlineData(300_000, 0)]
    public async Task Message_one_octet_too_big_is_refused_and_the_session_goes_on(int size, int taken)
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { MaxMessageSize = 1000 });

        // Stuffing does not count: each line but the last carries a dot more on the wire.
        var body = string.Concat(Enumerable.Repeat("..x\r\n", (size / 4) - 1)) + new string('y', (size % 4) + 2) + "\r\n";
        var replies = await TalkAsync(sink, $"HELO x\r\nMAIL FROM:<f@x.org>\r\nRCPT TO:<a@x.org>\r\nDATA\r\n{body}.\r\nNOOP\r\nQUIT\r\n");

        Assert.Equal($"220 250 250 250 354 {(taken == 1 ? 250 : 552)} 250 221", Codes(replies));
        Assert.Equal(taken, sink.Count);
    }

    [Fact]
    public async Task One_connection_too_many_is_turned_away()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { MaxConnections = 1 });
        var relay = new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None };
        await using var first = await SmtpConnection.ConnectAsync(relay, CancellationToken.None);

        var error = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(relay, CancellationToken.None));

        Assert.Equal((421, SmtpStage.Greeting), (error.Result.Code, error.Result.Stage));
        Assert.Equal(SmtpAction.Accepted, (await first.SendAsync("", "a@x.org", Samples.Message(), CancellationToken.None)).Action);
    }

    [Fact]
    public async Task One_recipient_too_many_is_deferred()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { MaxRecipients = 2 });

        Assert.Equal("220 250 250 250 250 452", Codes(await TalkAsync(sink, "HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@x.org>\r\nRCPT TO:<b@x.org>\r\nRCPT TO:<c@x.org>\r\n")));
    }

    [Theory]
    [InlineData(4096, "502")]
    [InlineData(4097, "500")]
    public async Task Command_one_octet_too_long_ends_the_session(int length, string expected)
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());

        Assert.Equal("220 " + expected, Codes(await TalkAsync(sink, new string('x', length) + "\r\n")));
    }

    [Fact]
    public async Task Many_commands_in_one_group_are_all_answered()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());

        Assert.Equal(5001, (await TalkAsync(sink, string.Concat(Enumerable.Repeat("NOOP\r\n", 5000)))).Length);
    }

    [Theory]
    [InlineData("hard@x.org", true)]
    [InlineData("HARD.17@x.org", true)]
    [InlineData("hardy@x.org", false)]
    [InlineData("a.hard@x.org", false)]
    public void Rule_meets_the_first_word_of_the_local_part(string recipient, bool meets) =>
        Assert.Equal(meets, SinkScript.Standard.For(recipient) is not null);

    [Theory]
    [InlineData("drop-before-dot@x.org", 0)]
    [InlineData("drop-after-dot@x.org", 1)]
    public async Task Dropped_message_is_in_the_ledger_only_after_the_dot(string recipient, int lines)
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger, Script = SinkScript.Standard });
        await using var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None }, CancellationToken.None);

        var result = await connection.SendAsync("", recipient, Samples.Message(), CancellationToken.None);

        Assert.Equal(SmtpAction.Unknown, result.Action);
        Assert.Equal(lines, SinkLedger.Read(ledger).Count);
    }

    [Fact]
    public async Task Slow_recipient_is_taken_after_the_delay()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { Script = new SinkScript([new SinkRule("slow", SinkDeed.Delay, Delay: TimeSpan.FromMilliseconds(20))]) });
        await using var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None, Timeouts = new SmtpTimeouts { Rcpt = TimeSpan.FromMinutes(1) } }, CancellationToken.None);

        Assert.Equal(SmtpAction.Accepted, (await connection.SendAsync("", "slow@x.org", Samples.Message(), CancellationToken.None)).Action);
    }

    [Fact]
    public async Task Each_message_taken_is_handed_to_the_audience()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<SinkMessage>();
        await using var sink = SmtpSink.Start(new SmtpSinkOptions
        {
            Received = m =>
            {
                seen.Enqueue(m);
                return ValueTask.CompletedTask;
            },
        });
        await using var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None }, CancellationToken.None);
        var message = Samples.Message();

        await connection.SendAsync("f@x.org", "a@x.org", message, CancellationToken.None);

        var got = Assert.Single(seen);
        Assert.Equal("a@x.org", got.Record.To.Single());
        Assert.Equal(Samples.Latin1(message), Samples.Latin1(got.Raw.Span));
    }
}

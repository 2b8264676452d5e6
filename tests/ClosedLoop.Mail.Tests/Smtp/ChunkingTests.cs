using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

public sealed class ChunkingTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(61_000)]
    [InlineData(65_400)]
    [InlineData(500_000)]
    public async Task Message_arrives_whole_in_one_chunk(int length)
    {
        await using var sink = new RecordingSink();
        var message = Samples.Message(text: string.Concat(Enumerable.Repeat(".dots\r\n..\r\n.\r\n", length / 14)), html: null);

        var results = await sink.SendAsync([.. Enumerable.Range(0, 3).Select(i => new SmtpEnvelope("f@x.org", $"a{i}@x.org", message))]);

        Assert.Equal(Enumerable.Repeat("Accepted 250 Body", 3), results);
        Assert.All(sink.Taken, taken => Assert.Equal((1, Samples.Latin1(message)), (taken.Chunks, Samples.Latin1(taken.Raw.Span))));
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    public async Task Chunks_are_used_when_offered_and_wanted(bool offered, bool wanted, int chunks)
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Chunking = offered });

        await sink.SendAsync([new SmtpEnvelope("f@x.org", "a@x.org", Samples.Message())], relay => relay with { UseChunking = wanted });

        Assert.Equal(chunks, sink.Taken.Single().Chunks);
    }

    [Theory]
    [InlineData("a\nb\r\n")]
    [InlineData("a\rb\r\n")]
    [InlineData("a\r\nb")]
    [InlineData("a\r\r\n")]
    public async Task Message_whose_line_ends_need_mending_goes_by_data(string text)
    {
        await using var sink = new RecordingSink();

        await sink.SendAsync([new SmtpEnvelope("f@x.org", "a@x.org", Samples.Bytes(text)), new SmtpEnvelope("f@x.org", "b@x.org", Samples.Message())]);

        Assert.Equal([0, 1], sink.Taken.Select(taken => taken.Chunks));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failures_within_a_batch_do_not_touch_their_neighbours(bool pipelining)
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Script = SinkScript.Standard, Pipelining = pipelining });
        string[] recipients = ["a@x.org", "hard.1@x.org", "b@x.org", "full@x.org", "later@x.org", "c@x.org", "spam@x.org", "not an address", "spam@x.org", "hard@x.org", "d@x.org"];

        var results = await sink.SendAsync([.. recipients.Select(r => new SmtpEnvelope("f@x.org", r, Samples.Message()))]);

        Assert.Equal(
            ["Accepted 250 Body", "GiveUp 550 Rcpt", "Accepted 250 Body", "GiveUp 552 Rcpt", "Retry 451 Rcpt", "Accepted 250 Body", "GiveUp 554 Body", "GiveUp 0 Rcpt", "GiveUp 554 Body", "GiveUp 550 Rcpt", "Accepted 250 Body"],
            results);
        Assert.Equal(["a@x.org", "b@x.org", "c@x.org", "d@x.org"], sink.Taken.Select(taken => taken.Record.To.Single()));
    }

    [Fact]
    public async Task Next_message_follows_a_chunk_behind_a_reset()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("PIPELINING", "CHUNKING");
            await p.HearAsync();
            await p.HearAsync();
            await p.SayAsync("250 ok", "250 ok");
            await p.HearAsync();
            await p.HearAsync();

            // All of the next message's commands are there before the chunk is answered.
            await p.HearAsync();
            await p.HearAsync();
            await p.HearAsync();
            await p.SayAsync("452 4.3.1 full", "250 reset", "250 ok", "250 ok");
            await p.HearAsync();
            await p.HearAsync();
            await p.SayAsync("250 taken");
        });
        var results = new List<string>();
        await using (var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None))
        {
            SmtpEnvelope[] batch = [new("f@x.org", "a@x.org", "one\r\n"u8.ToArray()), new("f@x.org", "b@x.org", "two\r\n"u8.ToArray())];
            await connection.SendBatchAsync(batch, (_, r) => results.Add($"{r.Action} {r.Code} {r.Stage}"), CancellationToken.None);
            peer.Close();
        }

        Assert.Equal(["Retry 452 Body", "Accepted 250 Body"], results);
        Assert.Equal(
            ["EHLO localhost", "MAIL FROM:<f@x.org>", "RCPT TO:<a@x.org>", "BDAT 5 LAST", "one", "RSET", "MAIL FROM:<f@x.org>", "RCPT TO:<b@x.org>", "BDAT 5 LAST", "two"],
            peer.Heard);
    }

    [Theory]
    [InlineData("500 5.5.2 what")]
    [InlineData("502 5.5.1 what")]
    public async Task Server_that_does_not_know_the_chunks_it_offers_is_left_at_once(string reply)
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("CHUNKING");
            await p.AnswerAsync("250 ok", "250 ok", reply);
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        var result = await connection.SendAsync("f@x.org", "a@x.org", Samples.Message(), CancellationToken.None);

        Assert.Equal((SmtpAction.DropConnection, SmtpStage.Body, false), (result.Action, result.Stage, connection.IsUsable));
    }

    [Fact]
    public async Task No_answer_to_the_last_chunk_is_unknown()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Script = SinkScript.Standard });

        Assert.Equal(["Unknown 0 Body", "DropConnection 0 None"], await sink.SendAsync([new SmtpEnvelope("", "drop-after-dot@x.org", Samples.Message()), new SmtpEnvelope("", "a@x.org", Samples.Message())]));
        Assert.Single(sink.Taken);
    }

    [Fact]
    public async Task Connection_lost_within_the_chunk_may_be_tried_again()
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("CHUNKING");
            await p.AnswerAsync("250 ok", "250 ok");
            await p.HearAsync();
            p.Crash();
        });
        await using var connection = await SmtpConnection.ConnectAsync(peer.Relay, CancellationToken.None);

        // More than both kernels' buffers hold, so that the last octet cannot have been written.
        var large = string.Concat(Enumerable.Repeat("line\r\n", 3_000_000));
        var result = await connection.SendAsync("f@x.org", "a@x.org", Samples.Bytes(large), CancellationToken.None);

        Assert.Equal((SmtpAction.DropConnection, SmtpStage.Body), (result.Action, result.Stage));
        Assert.Equal("BDAT 18000000 LAST", peer.Heard[3]);
    }
}

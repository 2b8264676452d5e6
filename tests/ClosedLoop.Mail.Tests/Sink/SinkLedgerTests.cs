using System.Text;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Sink;

public sealed class SinkLedgerTests
{
    private static async Task SendAsync(SmtpSink sink, int sessions, int messages)
    {
        await Task.WhenAll(Enumerable.Range(0, sessions).Select(async s =>
        {
            await using var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None }, CancellationToken.None);
            await connection.SendBatchAsync(
                [.. Enumerable.Range(0, messages).Select(m => new SmtpEnvelope("f@x.org", $"a.{s}.{m}@x.org", Samples.Message(id: $"{s}.{m}@x.org", text: $".session {s}\n.message {m}")))],
                (_, r) => Assert.Equal(SmtpAction.Accepted, r.Action),
                CancellationToken.None);
        }));
    }

    [Fact]
    public async Task Every_message_has_one_line_and_its_octets_over_many_sessions()
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using (var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger, StoreMessages = true }))
            await SendAsync(sink, 6, 40);

        var records = SinkLedger.Read(ledger);

        Assert.Equal(Enumerable.Range(1, 240).Select(n => (long)n), records.Select(r => r.N));
        Assert.Equal(240, records.Select(r => r.MessageId).Distinct().Count());
        foreach (var record in records)
        {
            var part = record.MessageId!.Trim('<', '>').Split('@')[0].Split('.');
            Assert.Equal(Samples.Latin1(Samples.Message(id: $"{part[0]}.{part[1]}@x.org", text: $".session {part[0]}\n.message {part[1]}"))[^40..], Samples.Latin1(SinkLedger.ReadMessage(ledger, record))[^40..]);
        }
    }

    [Fact]
    public async Task Line_is_in_the_file_when_the_client_hears_250()
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger });
        await using var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None }, CancellationToken.None);
        var taken = 0;

        await connection.SendBatchAsync(
            [.. Enumerable.Range(0, 20).Select(_ => new SmtpEnvelope("", "a@x.org", Samples.Message()))],
            (_, r) => Assert.Equal(++taken, SinkLedger.Read(ledger).Count),
            CancellationToken.None);

        Assert.Equal(20, taken);
    }

    [Theory]
    [InlineData("{\"n\":3,\"at\":\"20")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Restart_cuts_a_torn_line_and_goes_on_counting(string torn)
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using (var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger, StoreMessages = true }))
            await SendAsync(sink, 1, 2);
        await File.AppendAllTextAsync(ledger, torn);
        await File.AppendAllTextAsync(ledger + ".store", "octets of a message that was never recorded");
        Assert.Equal(2, SinkLedger.Read(ledger).Count);

        await using (var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger, StoreMessages = true }))
        {
            Assert.Equal(2, sink.Count);
            await SendAsync(sink, 1, 2);
        }

        var records = SinkLedger.Read(ledger);
        Assert.Equal([1L, 2L, 3L, 4L], records.Select(r => r.N));
        Assert.All(records, r => Assert.StartsWith("Date: ", Encoding.ASCII.GetString(SinkLedger.ReadMessage(ledger, r)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ledger_line_is_the_agreed_form()
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using (var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger }))
            await SendAsync(sink, 1, 1);

        Assert.Matches("""^\{"n":1,"at":"20\d\d-\d\d-\d\dT[0-9:.]+Z","from":"f@x.org","to":\["a.0.0@x.org"\],"messageId":"<0.0@x.org>","subject":"Hello","bytes":\d+,"session":1\}\n$""", await File.ReadAllTextAsync(ledger));
    }

    [Fact]
    public void No_file_is_an_empty_ledger() => Assert.Empty(SinkLedger.Read("/nonexistent/ledger.jsonl"));
}

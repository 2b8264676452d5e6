using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

public sealed class HandoverToSinkTests
{
    private static SmtpRelayOptions Relay(SmtpSink sink) => new() { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_arrives_as_it_was_composed(bool pipelining)
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger, StoreMessages = true, Pipelining = pipelining });
        await using var connection = await SmtpConnection.ConnectAsync(Relay(sink), CancellationToken.None);
        var message = Samples.Message(text: ".\r\n..\n.dots\n\n.", html: null, subject: "Grüße");

        var result = await connection.SendAsync("bounce@example.org", "ann@example.net", message, CancellationToken.None);

        Assert.Equal(SmtpAction.Accepted, result.Action);
        Assert.Equal((250, "2.0.0", SmtpStage.Body), (result.Code, result.EnhancedCode.ToString(), result.Stage));
        var record = Assert.Single(SinkLedger.Read(ledger));
        Assert.Equal(("bounce@example.org", "<1@example.org>", "Grüße"), (record.From, record.MessageId, record.Subject));
        Assert.Equal(["ann@example.net"], record.To);
        Assert.Equal(Samples.Latin1(message), Samples.Latin1(SinkLedger.ReadMessage(ledger, record)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failures_within_a_batch_do_not_touch_their_neighbours(bool pipelining)
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger, Script = SinkScript.Standard, Pipelining = pipelining });
        await using var connection = await SmtpConnection.ConnectAsync(Relay(sink), CancellationToken.None);
        string[] recipients = ["a@x.org", "hard.1@x.org", "b@x.org", "full@x.org", "later@x.org", "c@x.org", "spam@x.org", "not an address", "d@x.org"];
        var results = new List<SmtpResult>();

        await connection.SendBatchAsync(
            [.. recipients.Select((r, i) => new SmtpEnvelope("f@x.org", r, Samples.Message(id: $"{i}@x.org")))],
            (i, result) =>
            {
                Assert.Equal(results.Count, i);
                results.Add(result);
            },
            CancellationToken.None);

        Assert.Equal(
            ["Accepted 250 Body", "GiveUp 550 Rcpt", "Accepted 250 Body", "GiveUp 552 Rcpt", "Retry 451 Rcpt", "Accepted 250 Body", "GiveUp 554 Body", "GiveUp 0 Rcpt", "Accepted 250 Body"],
            results.Select(r => $"{r.Action} {r.Code} {r.Stage}"));
        Assert.Equal(["a@x.org", "b@x.org", "c@x.org", "d@x.org"], SinkLedger.Read(ledger).Select(r => r.To.Single()));
        Assert.True(connection.IsUsable);
    }

    [Fact]
    public async Task Busy_server_ends_the_connection_and_leaves_the_rest_for_another()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { Script = SinkScript.Standard });
        await using var connection = await SmtpConnection.ConnectAsync(Relay(sink), CancellationToken.None);
        var results = new List<SmtpResult>();
        string[] recipients = ["a@x.org", "busy@x.org", "b@x.org"];

        await connection.SendBatchAsync([.. recipients.Select(r => new SmtpEnvelope("", r, Samples.Message()))], (_, r) => results.Add(r), CancellationToken.None);

        Assert.Equal(["Accepted 250", "DropConnection 421", "DropConnection 0"], results.Select(r => $"{r.Action} {r.Code}"));
        Assert.False(connection.IsUsable);
    }

    [Fact]
    public async Task No_answer_after_the_dot_is_unknown_although_the_sink_has_it()
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger, Script = SinkScript.Standard });
        await using var connection = await SmtpConnection.ConnectAsync(Relay(sink), CancellationToken.None);

        var result = await connection.SendAsync("", "drop-after-dot@x.org", Samples.Message(), CancellationToken.None);

        Assert.Equal((SmtpAction.Unknown, SmtpStage.Body), (result.Action, result.Stage));
        Assert.Single(SinkLedger.Read(ledger));
        Assert.False(connection.IsUsable);
    }
}

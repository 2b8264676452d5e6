using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

/// <summary>Through a real Postfix that wants STARTTLS and AUTH, and from there into the sink.</summary>
public sealed class PostfixRelayTests
{
    private static async Task<List<SmtpResult>> SendAsync(SmtpRelayOptions relay, IReadOnlyList<SmtpEnvelope> batch)
    {
        var results = new List<SmtpResult>();
        await using var connection = await SmtpConnection.ConnectAsync(relay, CancellationToken.None);
        Assert.Equal(relay.Tls != SmtpTls.None, connection.IsEncrypted);
        await connection.SendBatchAsync(batch, (_, result) => results.Add(result), CancellationToken.None);
        return results;
    }

    [NeedsPostfixFact("dkim")]
    public async Task Signed_mail_arrives_unharmed_by_chunks_and_by_data()
    {
        await using var sink = new RecordingSink();
        using var postfix = await PostfixRelay.StartAsync(sink.EndPoint.Port);
        using var rsa = RSA.Create(2048);
        using var key = DkimKey.FromPem("example.org", "s", rsa.ExportPkcs8PrivateKeyPem());
        var signer = new DkimSigner([key]);
        SmtpEnvelope[] batch = [.. Generated.Messages(seed: 3030, 60).Where(m => Ascii.IsValid(m.Raw)).Select((m, i) =>
        {
            var signed = new ArrayBufferWriter<byte>();
            signer.Sign(m.Raw, DateTimeOffset.UnixEpoch, signed);
            signed.Write(m.Raw);
            return new SmtpEnvelope("f@example.org", $"a{i}@example.net", signed.WrittenMemory.ToArray());
        })];
        Func<SmtpRelayOptions, SmtpRelayOptions>[] ways =
        [
            relay => relay,
            relay => relay with { UseChunking = false },
            relay => relay with { UsePipelining = false },
            relay => relay with { UseChunking = false, UsePipelining = false },
        ];

        foreach (var way in ways)
            Assert.All(await SendAsync(way(postfix.Relay), batch), result => Assert.Equal((SmtpAction.Accepted, 250), (result.Action, result.Code)));
        await sink.WaitAsync(ways.Length * batch.Length);

        // Postfix adds its Received field and nothing else, so the signatures hold at the far end.
        Assert.Equal($"good {ways.Length * batch.Length} bad 0", await DkimVerifier.RunAsync(new JsonObject { [key.DnsName] = key.DnsRecord }, sink.Taken.Select(taken => taken.Raw.ToArray()), signatures: 1));
    }

    [NeedsPostfixFact]
    public async Task Chunks_are_not_sent_to_a_relay_that_does_not_offer_them()
    {
        await using var sink = new RecordingSink();
        using var postfix = await PostfixRelay.StartAsync(sink.EndPoint.Port, "chunking, silent-discard");
        await using var connection = await SmtpConnection.ConnectAsync(postfix.Relay, CancellationToken.None);

        Assert.False(connection.Capabilities.Chunking);
        Assert.Equal(SmtpAction.Accepted, (await connection.SendAsync("f@example.org", "a@example.net", Samples.Message(), CancellationToken.None)).Action);
        await sink.WaitAsync(1);
    }

    [NeedsPostfixFact]
    public async Task Refusals_and_wishes_about_reports_are_understood_by_both_sides()
    {
        await using var sink = new RecordingSink();
        using var postfix = await PostfixRelay.StartAsync(sink.EndPoint.Port);
        var dsn = new SmtpDsn { Return = SmtpDsnReturn.Headers, EnvelopeId = "17.4+x", Notify = SmtpDsnNotify.Failure, OriginalRecipient = "ann+tag@example.net" };

        var wrong = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(postfix.Relay with { Password = "wrong" }, CancellationToken.None));
        var stranger = await SendAsync(postfix.Relay with { UserName = null, Password = null }, [new SmtpEnvelope("f@example.org", "a@example.net", Samples.Message()), new SmtpEnvelope("f@example.org", "b@example.net", Samples.Message())]);
        var large = await SendAsync(postfix.Relay, [new SmtpEnvelope("f@example.org", "a@example.net", Samples.Message(text: new string('x', 1_000_001))), new SmtpEnvelope("f@example.org", "b@example.net", Samples.Message(), dsn)]);
        await sink.WaitAsync(1);

        Assert.Equal((535, "5.7.8", SmtpStage.Auth), (wrong.Result.Code, wrong.Result.EnhancedCode.ToString(), wrong.Result.Stage));
        Assert.All(stranger, result => Assert.Equal((SmtpAction.GiveUp, 554, "5.7.1", SmtpStage.Rcpt), (result.Action, result.Code, result.EnhancedCode.ToString(), result.Stage)));
        Assert.Equal([(SmtpAction.GiveUp, "5.3.4"), (SmtpAction.Accepted, "2.0.0")], large.Select(result => (result.Action, result.EnhancedCode.ToString())));
        var taken = Assert.Single(sink.Taken);
        Assert.Equal("b@example.net", taken.Record.To.Single());
        Assert.Equal(["ENVID=17.4+2Bx", "NOTIFY=FAILURE", "ORCPT=rfc822;ann+2Btag@example.net", "RET=HDRS"], taken.Record.Dsn!.Split(' ').Order());
    }
}

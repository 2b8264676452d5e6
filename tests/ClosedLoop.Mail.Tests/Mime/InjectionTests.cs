using System.Text;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Mime;

public sealed class InjectionTests
{
    private static readonly string[] Breaks = ["\r\n", "\n", "\r", "\0", "\r\n\r\n", "\n.\n", "\r\n.\r\n", "\u0085", "\u2028", "\v", "\f", "\r\n ", "\n\t", "%0d%0a", "\u560d\u560a", "\r\n.\n"];

    private static readonly string[] Tails = ["Bcc: evil@evil.example", "RCPT TO:<evil@evil.example>", "Content-Type: text/html", "\r\n<script>", "=?utf-8?Q?=0D=0ABcc:_evil=40evil.example?="];

    public static TheoryData<string> Payloads =>
        new(from b in Breaks from t in Tails select $"x{b}{t}");

    private static string[] Names(byte[] message) => [.. MimeMessage.Parse(message).Headers.Select(h => h.Name)];

    [Fact]
    public void There_are_eighty_shapes() => Assert.Equal(80, Payloads.Count);

    [Theory]
    [MemberData(nameof(Payloads))]
    public void No_header_is_added_by_text_for_people(string payload)
    {
        var expected = Names(Samples.Message());

        var message = Samples.Message(subject: payload, toName: payload);

        Assert.Equal(expected, Names(message));
        Assert.Equal("Hello", MimeMessage.Parse(message).TextBody);
        Assert.All(Samples.Latin1(message).Split("\r\n"), line => Assert.False(line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase) || line.Contains('\0', StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void No_header_is_added_by_machine_readable_values(string payload)
    {
        var attempts = new Func<byte[]>[]
        {
            () => Samples.Message(to: payload + "@example.net"),
            () => Samples.Message(to: "a@" + payload),
            () => Samples.Message(to: "a@example.net" + payload),
            () => Samples.Message(to: $"\"{payload}\"@example.net"),
            () => Samples.Message(id: payload + "@example.org"),
            () => Samples.Message(headers: new MessageHeader("List-Unsubscribe", payload)),
            () => Samples.Message(headers: new MessageHeader("X-Field", payload)),
            () => Samples.Message(headers: new MessageHeader(payload, "x")),
        };
        var plain = Names(Samples.Message());
        foreach (var attempt in attempts)
        {
            try
            {
                var message = attempt();
                Assert.Equal(plain, Names(message).Where(n => n is not ("X-Field" or "List-Unsubscribe")));
            }
            catch (MailFormatException e)
            {
                Assert.StartsWith("MAIL-", e.Code, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task No_command_is_added_by_an_address()
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger });
        await using var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None, AllowQuotedLocalParts = true }, CancellationToken.None);
        foreach (var payload in Payloads)
        {
            foreach (var address in (string[])[payload, payload + "@x.org", "a@x.org" + payload, $"\"{payload}\"@x.org", $"a@x.org>{payload}", $"a@{payload}"])
            {
                var result = await connection.SendAsync(address, "a@x.org", Samples.Message(), CancellationToken.None);
                Assert.True(result.Action is SmtpAction.GiveUp or SmtpAction.Accepted);
                result = await connection.SendAsync("f@x.org", address, Samples.Message(), CancellationToken.None);
                Assert.True(result.Action is SmtpAction.GiveUp or SmtpAction.Accepted);
                Assert.True(connection.IsUsable);
            }
        }

        foreach (var record in SinkLedger.Read(ledger))
        {
            Assert.EndsWith("@x.org", Assert.Single(record.To), StringComparison.Ordinal);
            Assert.EndsWith("@x.org", record.From, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\r\n.\r\n")]
    [InlineData("\n.\n")]
    [InlineData("\n.\r\n")]
    [InlineData("\r.\r")]
    [InlineData("\r.\r\n")]
    [InlineData("\r\n.\r")]
    [InlineData("\r\n.\n")]
    [InlineData("\r\n\0.\r\n")]
    [InlineData("\n\n.\r\r\n")]
    public async Task Message_with_a_smuggled_ending_stays_one_message(string ending)
    {
        using var folder = new TempFolder();
        var ledger = folder.File("ledger.jsonl");
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { LedgerPath = ledger });
        await using var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None }, CancellationToken.None);
        var raw = Encoding.Latin1.GetBytes($"Subject: x\r\n\r\ntext{ending}MAIL FROM:<e@x.org>\r\nRCPT TO:<e@x.org>\r\nDATA\r\nSubject: y\r\n\r\nevil\r\n");
        var composed = Samples.Message(text: Encoding.Latin1.GetString(raw));

        await connection.SendAsync("f@x.org", "a@x.org", raw, CancellationToken.None);
        await connection.SendAsync("f@x.org", "b@x.org", composed, CancellationToken.None);

        Assert.Equal(["a@x.org", "b@x.org"], SinkLedger.Read(ledger).Select(r => r.To.Single()));
    }
}

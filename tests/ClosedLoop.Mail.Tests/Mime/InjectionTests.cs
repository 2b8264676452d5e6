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
    [MemberData(nameof(Payloads))]
    public async Task No_command_but_the_client_s_own_is_heard(string payload)
    {
        await using var peer = new ScriptedPeer(async p =>
        {
            await p.HelloAsync("PIPELINING", "DSN", "SMTPUTF8", "8BITMIME");
            while (await p.HearAsync() is { Length: > 0 } line)
            {
                await p.SayAsync(line == "DATA" ? "354 go" : "250 ok");
                if (line != "DATA")
                    continue;
                await p.HearTextAsync();
                await p.SayAsync("250 taken");
            }
        });
        string[] addresses = [payload, payload + "@x.org", "a@x.org" + payload, $"\"{payload}\"@x.org", $"a@x.org> {payload}", $"a@x.org>\r\n{payload}", $"用{payload}@x.org", new string('a', 5000) + payload];
        var sent = 0;
        await using (var connection = await SmtpConnection.ConnectAsync(peer.Relay with { AllowQuotedLocalParts = true, UseSmtpUtf8 = true }, CancellationToken.None))
        {
            SmtpEnvelope[] batch =
            [
                .. addresses.Select(a => new SmtpEnvelope("f@x.org", a, Samples.Message())),
                .. addresses.Select(a => new SmtpEnvelope(a, "a@x.org", Samples.Message())),
                .. addresses.Select(a => new SmtpEnvelope("f@x.org", "a@x.org", Samples.Message(), new SmtpDsn { EnvelopeId = a, OriginalRecipient = "a@x.org" })),
                .. addresses.Select(a => new SmtpEnvelope("f@x.org", "a@x.org", Samples.Message(), new SmtpDsn { OriginalRecipient = a })),
            ];
            await connection.SendBatchAsync(batch, (_, result) => sent += result.Action == SmtpAction.Accepted ? 1 : 0, CancellationToken.None);
            Assert.True(connection.IsUsable);
        }

        peer.Close();
        Assert.All(peer.Heard, line => Assert.Matches("""^(EHLO localhost|DATA|QUIT|MAIL FROM:<[^\x00-\x1f\x7f]*@x\.org>( SIZE=[0-9]+)?( SMTPUTF8)?( ENVID=[!-~]+)?|RCPT TO:<[^\x00-\x1f\x7f]*@x\.org>( ORCPT=rfc822;[!-~]+@x\.org)?|)$""", line));
        Assert.Equal(sent, peer.Heard.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void No_header_or_part_is_added_by_the_rest_of_what_a_caller_hands_in(string payload)
    {
        var plain = new HashSet<string>(["Date", "From", "To", "Subject", "Message-ID", "Reply-To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID"], StringComparer.OrdinalIgnoreCase);
        var attempts = new Func<byte[]>[]
        {
            () => Samples.Message(attachments: [MailAttachment.File(payload, "text/plain", "x"u8)]),
            () => Samples.Message(attachments: [MailAttachment.File("a.txt", payload, "x"u8)]),
            () => Samples.Message(attachments: [MailAttachment.File("a.txt", "text/plain; name=" + payload, "x"u8)]),
            () => Samples.Message(attachments: [MailAttachment.Inline("a.txt", "text/plain", "x"u8, payload)]),
            () => Samples.Message(attachments: [MailAttachment.Inline("a.txt", "text/plain", "x"u8, payload + "@x.org")]),
            () => Composed(new MessageComposerOptions { From = new Mailbox("a@x.org", payload), ReplyTo = new Mailbox("a@x.org", payload) }),
            () => Composed(new MessageComposerOptions { From = new Mailbox("a@x.org"), ReplyTo = new Mailbox(payload + "@x.org") }),
            () => Composed(new MessageComposerOptions { From = new Mailbox("a@x.org"), Boundary = payload }),
            () => Composed(unsubscribe: new UnsubscribeTargets("https://x.org/" + payload)),
            () => Composed(unsubscribe: new UnsubscribeTargets(null, payload + "@x.org")),
            () => Composed(unsubscribe: new UnsubscribeTargets("https://x.org/", "a@x.org?subject=" + payload)),
            () => Composed(feedback: payload),
            () => Samples.Message(text: payload, html: payload),
            () => Samples.Message(attachments: [MailAttachment.File("a.txt", "text/plain", Samples.Bytes(payload))]),
        };
        foreach (var attempt in attempts)
        {
            try
            {
                var message = MimeMessage.Parse(attempt());
                Assert.All(message.Root.SelfAndDescendants.SelectMany(part => part.Headers), header => Assert.Contains(header.Name, plain));
                Assert.InRange(message.Root.SelfAndDescendants.Count(), 3, 5);
                Assert.True(message.Root.ContentType.IsKind("multipart"));
            }
            catch (MailFormatException e)
            {
                Assert.StartsWith("MAIL-", e.Code, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(SmugglingEndings.All), MemberType = typeof(SmugglingEndings))]
    public async Task Message_with_a_smuggled_ending_stays_one_message(string ending)
    {
        foreach (var chunking in (bool[])[true, false])
        {
            await using var sink = new RecordingSink();
            var raw = Encoding.Latin1.GetBytes($"Subject: x\r\n\r\ntext{ending}MAIL FROM:<e@x.org>\r\nRCPT TO:<e@x.org>\r\nDATA\r\nSubject: y\r\n\r\nevil\r\n");
            var composed = Samples.Message(text: Encoding.Latin1.GetString(raw));

            await sink.SendAsync([new SmtpEnvelope("f@x.org", "a@x.org", raw), new SmtpEnvelope("f@x.org", "b@x.org", composed)], relay => relay with { UseChunking = chunking });

            Assert.Equal(["a@x.org", "b@x.org"], sink.Taken.Select(taken => taken.Record.To.Single()));

            // Whoever relays it further finds no bare line end in it.
            Assert.All(sink.Taken, taken => Assert.DoesNotMatch("(?<!\r)\n|\r(?!\n)", Samples.Latin1(taken.Raw.Span)));
        }
    }

    private static byte[] Composed(MessageComposerOptions? options = null, UnsubscribeTargets unsubscribe = default, string? feedback = null)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        new MessageComposer(options ?? new MessageComposerOptions { From = new Mailbox("a@x.org") }).Compose(output, new MessageParts
        {
            To = new Mailbox("b@x.org"),
            Subject = "x",
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@x.org",
            Text = "text"u8,
            Html = "html"u8,
            Unsubscribe = unsubscribe,
            FeedbackId = feedback,
        });
        return output.WrittenSpan.ToArray();
    }
}

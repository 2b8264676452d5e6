using System.Text;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Mime;

public sealed class EncodingChoiceTests
{
    private static ComposedMessage Compose(string body, bool eightBit) =>
        Samples.Composer.Compose(new System.Buffers.ArrayBufferWriter<byte>(), new MessageParts
        {
            To = new Mailbox("a@x.org"),
            Subject = "s",
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@x.org",
            Text = Encoding.UTF8.GetBytes(body),
            AllowEightBit = eightBit,
        });

    [Theory]
    [InlineData("plain", false, TransferEncoding.SevenBit)]
    [InlineData("plain", true, TransferEncoding.SevenBit)]
    [InlineData("mostly plain with one ä", false, TransferEncoding.QuotedPrintable)]
    [InlineData("mostly plain with one ä", true, TransferEncoding.EightBit)]
    [InlineData("новости недели", false, TransferEncoding.Base64)]
    [InlineData("новости недели", true, TransferEncoding.EightBit)]
    [InlineData("nul\0", true, TransferEncoding.QuotedPrintable)]
    public void Encoding_follows_the_content_and_the_server(string body, bool eightBit, TransferEncoding expected) =>
        Assert.Equal(expected, Compose(body, eightBit).Text);

    [Theory]
    [InlineData(998, TransferEncoding.SevenBit)]
    [InlineData(999, TransferEncoding.QuotedPrintable)]
    public void Line_one_octet_too_long_is_encoded(int length, TransferEncoding expected)
    {
        Assert.Equal(expected, Compose("a\n" + new string('x', length) + "\r\nb", false).Text);
        Assert.Equal(expected, Compose(new string('x', length), true).Text);
    }

    [Theory]
    [InlineData("a\nb\rc\r\nd\n\r\ne")]
    [InlineData("\n\n\r\r\r\n")]
    public void Line_ends_of_every_kind_become_crlf(string body)
    {
        foreach (var suffix in (string[])["", "ä", "äöü"])
        {
            var message = Samples.Message(text: body + suffix, html: null);

            Assert.DoesNotContain('\n', Samples.Latin1(message).Replace("\r\n", ""));
            Assert.DoesNotContain('\r', Samples.Latin1(message).Replace("\r\n", ""));
            Assert.Equal((body + suffix).ReplaceLineEndings("\r\n").TrimEnd(), MimeMessage.Parse(message).TextBody!.TrimEnd());
        }
    }

    [Theory]
    [InlineData("a=b", "a=3Db")]
    [InlineData("end ", "end=20")]
    [InlineData("tab\t", "tab=09")]
    [InlineData("in \t side", "in \t side")]
    [InlineData("ä", "=C3=A4")]
    [InlineData("a \nb\t\r\nc", "a=20\r\nb=09\r\nc")]
    public void Quoted_printable_is_that_of_the_rfc(string text, string expected)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        QuotedPrintable.Write(output, Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, Samples.Latin1(output.WrittenSpan));
    }

    [Fact]
    public void Quoted_printable_keeps_its_lines_short_and_reads_back()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        for (var i = 0; i < 500; i++)
        {
            var text = new string(random.GetItems("ab  \t=äж漢\n.".AsSpan(), random.Next(400)));
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            QuotedPrintable.Write(output, Encoding.UTF8.GetBytes(text));
            var encoded = Samples.Latin1(output.WrittenSpan);
            Assert.All(encoded.Split("\r\n"), line => Assert.True(line.Length <= 76, $"seed {Seed}: {line}"));
            var target = new byte[output.WrittenCount];
            var length = QuotedPrintable.Decode(output.WrittenSpan, target);
            Assert.Equal(text.ReplaceLineEndings("\r\n"), Encoding.UTF8.GetString(target, 0, length));
        }
    }

    [Fact]
    public void Octets_that_are_not_utf8_are_replaced()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Samples.Composer.Compose(output, new MessageParts { To = new Mailbox("a@x.org"), Subject = "s", Date = DateTimeOffset.UnixEpoch, MessageId = "1@x.org", Text = [0x61, 0xFF, 0x62] });

        Assert.Equal("a\uFFFDb", MimeMessage.Parse(output.WrittenMemory).TextBody!.Trim());
    }

    [Fact]
    public void Boundary_in_a_body_is_not_used()
    {
        var composer = new MessageComposer(new MessageComposerOptions { From = new Mailbox("n@x.org"), Boundary = "b" });
        var text = string.Concat(Enumerable.Range(0, 30).Select(i => $"--b{i}\n--b{i}--\n")) + "--b\n--b--\n";

        var message = MimeMessage.Parse(Samples.Message(text: text, composer: composer));

        Assert.Equal("b30", message.Root.ContentType.Boundary);
        Assert.Equal(text.ReplaceLineEndings("\r\n"), message.TextBody);
        Assert.Equal("<p>Hello</p>", message.HtmlBody);
    }

    [Theory]
    [InlineData("Text only", null, "text/plain")]
    [InlineData(null, "<p>Html only</p>", "text/html")]
    [InlineData(null, null, "text/plain")]
    [InlineData("Both", "<p>Both</p>", "multipart/alternative")]
    public void Structure_follows_the_bodies_given(string? text, string? html, string expected)
    {
        var message = MimeMessage.Parse(Samples.Message(text: text, html: html));

        Assert.Equal(expected, message.Root.ContentType.MediaType);
        Assert.Equal(text, text is null ? null : message.TextBody!.Trim());
        Assert.Equal(html, html is null ? null : message.HtmlBody!.Trim());
    }

    [Fact]
    public void Length_reported_is_the_length_written()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var parts = new MessageParts { To = new Mailbox("a@x.org"), Subject = new string('ä', 300), Date = DateTimeOffset.UnixEpoch, MessageId = "1@x.org", Text = "a\nb"u8, Html = "<p>ä</p>"u8 };

        Assert.Equal(Samples.Composer.Compose(output, parts).Length, output.WrittenCount);
    }
}

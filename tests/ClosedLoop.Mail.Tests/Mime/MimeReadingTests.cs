using System.Text;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Mime;

public sealed class MimeReadingTests
{
    private static MimeMessage Read(string text) => MimeMessage.Parse(Encoding.Latin1.GetBytes(text));

    [Theory]
    [InlineData("=?iso-8859-1?Q?Gr=FC=DFe?=", "Grüße")]
    [InlineData("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße")]
    [InlineData("=?utf-8?Q?a?= =?utf-8?Q?b?= c", "ab c")]
    [InlineData("=?utf-8?B?w?= =?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü")]
    [InlineData("=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [InlineData("=?iso-2022-jp?B?GyRCNEE7ehsoQg==?=", "漢字")]
    [InlineData("=?utf-8*de?Q?a_b?=", "a b")]
    [InlineData("a =? b ?=", "a =? b ?=")]
    [InlineData("=?x-unknown?Q?=E4?=", "ä")]
    [InlineData("=?utf-8?B?R3LDv\tMOfZQ==?=", "Grüße")]
    [InlineData("=?utf-8?Q?a b?=", "a b")]
    [InlineData("=?utf-8?Q?open", "=?utf-8?Q?open")]
    public void Encoded_words_are_read(string value, string expected) => Assert.Equal(expected, EncodedWordDecoder.Decode(value));

    [Theory]
    [InlineData("quoted-printable", "gr=FC=DFe=\r\n!", "grüße!")]
    [InlineData("base64", "Z3L832U=", "grüße")]
    [InlineData("8bit", "gr\u00fc\u00dfe", "grüße")]
    [InlineData("x-nonsense", "gr\u00fc\u00dfe", "grüße")]
    [InlineData("QUOTED-PRINTABLE", "a=ZZ=", "a=ZZ")]
    public void Transfer_encoding_and_charset_are_undone(string encoding, string body, string expected) =>
        Assert.Equal(expected, Read($"Content-Type: text/plain; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}").TextBody);

    [Fact]
    public void Folded_headers_unfold() =>
        Assert.Equal("one two three", Read("Subject: one\r\n two\r\n\tthree\r\n\r\n").Headers["subject"]!.Replace('\t', ' '));

    [Fact]
    public void Nested_parts_and_attachments_are_told_apart()
    {
        var message = Read("Content-Type: multipart/mixed; boundary=o\r\n\r\npreamble\r\n--o\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nfile\r\n--o\r\nContent-Type: multipart/alternative; boundary=\"i i\"\r\n\r\n--i i\r\n\r\ntext\r\n--i i\r\nContent-Type: TEXT/HTML\r\n\r\n<p>\r\n--i i--\r\n--o--\r\nepilogue");

        Assert.Equal(("text", "<p>"), (message.TextBody, message.HtmlBody));
        Assert.Equal(5, message.Root.SelfAndDescendants.Count());
    }

    [Fact]
    public void Missing_closing_boundary_and_bare_line_feeds_are_survived()
    {
        var message = Read("Content-Type: multipart/alternative; boundary=o\n\n--o\nContent-Type: text/plain\n\ntext\n--o\nContent-Type: text/html\n\n<p>torn");

        Assert.Equal(("text", "<p>torn"), (message.TextBody, message.HtmlBody));
    }

    [Fact]
    public void Returned_message_is_a_part()
    {
        var message = Read("Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nbody");

        Assert.Equal("inner", message.Root.Children.Single().Headers["Subject"]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Depth_is_cut_at_the_limit(int limit)
    {
        var text = "Subject: deepest\r\n\r\nx";
        for (var i = 0; i < 4; i++)
            text = "Content-Type: message/rfc822\r\n\r\n" + text;

        var message = MimeMessage.Parse(Encoding.ASCII.GetBytes(text), new MimeLimits { MaxDepth = limit });

        Assert.Equal(limit == 4, message.Root.SelfAndDescendants.Any(p => p.Headers["Subject"] == "deepest"));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void Parts_are_cut_at_the_limit(int parts, int expected)
    {
        var text = "Content-Type: multipart/mixed; boundary=o\r\n\r\n" + string.Concat(Enumerable.Repeat("--o\r\n\r\nx\r\n", parts)) + "--o--\r\n";

        var message = MimeMessage.Parse(Encoding.ASCII.GetBytes(text), new MimeLimits { MaxParts = 4 });

        Assert.Equal(expected, message.Root.Children.Count);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    public void Headers_are_cut_at_the_limit(int headers, int expected)
    {
        var text = string.Concat(Enumerable.Range(0, headers).Select(i => $"X-{i}: y\r\n")) + "\r\nbody";

        var message = MimeMessage.Parse(Encoding.ASCII.GetBytes(text), new MimeLimits { MaxHeaders = 5 });

        Assert.Equal((expected, "body"), (message.Headers.Count, message.TextBody));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Header_octets_are_cut_at_the_limit(int more, bool whole)
    {
        const string Fields = "A: 1\r\nB: 2\r\n";

        var message = MimeMessage.Parse(Encoding.ASCII.GetBytes(Fields + "C: 3\r\n\r\nbody"), new MimeLimits { MaxHeaderBytes = Fields.Length - more });

        Assert.Equal(whole, message.Headers.Find("C") is not null);
        Assert.NotNull(message.Headers.Find("B"));
    }

    [Fact]
    public void Anything_is_read_without_an_error()
    {
        const int Seed = 815;
        var random = new Random(Seed);
        string[] pieces = ["\r\n", "\n", "--o", "--o--", "\r\n--o\r\n", "Content-Type: multipart/mixed; boundary=o\r\n", "Content-Type: message/rfc822\r\n", "Content-Type: text/html; charset=utf-7\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "=?", "?=", "=?a?B?", "=", "\0", "\u00ff", ";", "\"", "\\", ":", "boundary=", "boundary*=utf-8''%6", "x", " ", "\t", "From ", "=?utf-8?Q?=C3?="];
        for (var i = 0; i < 5000; i++)
        {
            var text = string.Concat(random.GetItems(pieces, random.Next(40)));
            try
            {
                var message = Read(text);
                foreach (var part in message.Root.SelfAndDescendants)
                {
                    part.DecodeText();
                    Assert.All(part.Headers, h => Assert.NotNull(h.Value));
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, run {i}: {e.Message} for {Convert.ToBase64String(Encoding.Latin1.GetBytes(text))}");
            }
        }
    }

    [Fact]
    public void Composed_message_reads_back()
    {
        var message = MimeMessage.Parse(Samples.Message(subject: "Grüße aus 漢", text: "Zeile ä\nzwei", html: "<p>漢字漢字</p>"));

        Assert.Equal(("Grüße aus 漢", "Zeile ä\r\nzwei", "<p>漢字漢字</p>"), (message.Headers["Subject"], message.TextBody, message.HtmlBody));
    }
}

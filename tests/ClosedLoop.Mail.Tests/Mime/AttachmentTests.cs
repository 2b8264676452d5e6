using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Mime;

public sealed class AttachmentTests
{
    private static readonly MailAttachment Picture = MailAttachment.Inline("logo.png", "image/png", new byte[] { 1, 2, 3 });
    private static readonly MailAttachment Terms = MailAttachment.File("terms.txt", "text/plain", "one\r\ntwo"u8);

    private static string Tree(MimePart part) =>
        part.Children.Count == 0 ? part.ContentType.MediaType.Split('/')[1] : $"{part.ContentType.MediaType.Split('/')[1]}({string.Join(' ', part.Children.Select(Tree))})";

    public static TheoryData<string?, string?, bool, bool, string> Shapes => new()
    {
        { "t", "h", true, true, "mixed(related(alternative(plain html) png) plain)" },
        { "t", "h", true, false, "related(alternative(plain html) png)" },
        { "t", "h", false, true, "mixed(alternative(plain html) plain)" },
        { null, "h", true, true, "mixed(related(html png) plain)" },
        { "t", null, true, true, "mixed(plain png plain)" },
        { "t", null, true, false, "mixed(plain png)" },
        { "t", null, false, false, "plain" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Parts_are_nested_as_they_belong(string? text, string? html, bool inline, bool file, string expected)
    {
        MailAttachment[] attachments = [.. inline ? [Picture] : Array.Empty<MailAttachment>(), .. file ? [Terms] : Array.Empty<MailAttachment>()];

        Assert.Equal(expected, Tree(MimeMessage.Parse(Samples.Message(text: text, html: html, attachments: attachments)).Root));
    }

    [Fact]
    public void Files_of_the_mailing_are_encoded_once_and_stand_in_every_message()
    {
        var composer = new MessageComposer(new MessageComposerOptions { From = new Mailbox("a@x.org"), Attachments = [Picture, Terms] });

        var own = MailAttachment.File("yours.csv", "text/csv", "a,b\r\n"u8);
        var parts = MimeMessage.Parse(Samples.Message(composer: composer, attachments: [own])).Root.SelfAndDescendants.Where(part => part.Headers.Find("Content-Disposition") is not null).ToList();

        Assert.Equal(["image/png", "text/plain", "text/csv"], parts.Select(part => part.ContentType.MediaType));
        Assert.Equal([1, 2, 3], parts[0].DecodeBytes());
        Assert.Equal("one\r\ntwo", parts[1].DecodeText());
        Assert.Equal($"<{Picture.ContentId}>", parts[0].Headers["Content-ID"]);
    }

    [Fact]
    public void Same_file_has_the_same_content_id() =>
        Assert.Equal(Picture.ContentId, MailAttachment.Inline("other.png", "image/png", new byte[] { 1, 2, 3 }).ContentId);

    [Theory]
    [InlineData("text/plain", "plain\r\n", "7bit")]
    [InlineData("text/plain", "bare\n", "base64")]
    [InlineData("text/plain", "space \r\n", "base64")]
    [InlineData("text/plain", "Größe\r\n", "base64")]
    [InlineData("application/json", "{}", "base64")]
    public void Content_arrives_octet_by_octet(string type, string content, string encoding)
    {
        var part = MimeMessage.Parse(Samples.Message(attachments: [MailAttachment.File("a", type, Samples.Bytes(content))])).Root.Children[^1];

        Assert.Equal(encoding, part.Headers["Content-Transfer-Encoding"]);
        Assert.Equal(Samples.Bytes(content), part.DecodeBytes());
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\r\nb")]
    [InlineData("a\u202Egpj.exe")]
    public void File_name_that_misleads_is_refused(string name) =>
        Assert.Equal(MailErrors.Attachment, Assert.Throws<MailFormatException>(() => MailAttachment.File(name, "text/plain", default)).Code);

    [Theory]
    [InlineData("plain")]
    [InlineData("multipart/mixed")]
    [InlineData("message/rfc822")]
    [InlineData("text/")]
    [InlineData("te xt/plain")]
    public void Media_type_that_cannot_be_attached_is_refused(string type) =>
        Assert.Equal(MailErrors.Attachment, Assert.Throws<MailFormatException>(() => MailAttachment.File("a", type, default)).Code);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void Attachments_one_octet_too_big_are_refused(int difference, bool taken)
    {
        var composer = new MessageComposer(new MessageComposerOptions { From = new Mailbox("a@x.org"), Attachments = [Picture], MaxAttachmentBytes = Picture.EncodedSize + Terms.EncodedSize + difference });

        if (taken)
            Samples.Message(composer: composer, attachments: [Terms]);
        else
            Assert.Equal(MailErrors.Attachment, Assert.Throws<MailFormatException>(() => Samples.Message(composer: composer, attachments: [Terms])).Code);
    }

    [Fact]
    public void Boundary_within_an_attached_text_is_avoided()
    {
        var composer = new MessageComposer(new MessageComposerOptions { From = new Mailbox("a@x.org"), Boundary = "bound" });
        var file = MailAttachment.File("a.txt", "text/plain", "--=_mbound--\r\n--bound\r\n"u8);

        var message = MimeMessage.Parse(Samples.Message(composer: composer, attachments: [file]));

        Assert.Equal("mixed(alternative(plain html) plain)", Tree(message.Root));
        Assert.Equal("--=_mbound--\r\n--bound\r\n", message.Root.Children[^1].DecodeText());
    }
}

using System.Buffers;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Tests.Mime;

public sealed class ListHeaderTests
{
    private static MimeHeaderList Headers(UnsubscribeTargets unsubscribe = default, string? feedback = null, AutoSubmitted automatic = AutoSubmitted.No)
    {
        var output = new ArrayBufferWriter<byte>();
        new MessageComposer(new MessageComposerOptions { From = new Mailbox("a@x.org"), AutoSubmitted = automatic }).Compose(output, new MessageParts
        {
            To = new Mailbox("b@x.org"),
            Subject = "x",
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@x.org",
            Text = "text"u8,
            Unsubscribe = unsubscribe,
            FeedbackId = feedback,
        });
        return MimeMessage.Parse(output.WrittenMemory).Headers;
    }

    [Theory]
    [InlineData("https://x.org/u/1", "u@x.org", "<https://x.org/u/1>, <mailto:u@x.org>", true)]
    [InlineData("https://x.org/u/1", null, "<https://x.org/u/1>", true)]
    [InlineData(null, "mailto:u@x.org?subject=leave", "<mailto:u@x.org?subject=leave>", false)]
    [InlineData(null, null, null, false)]
    public void Ways_out_are_written_with_the_one_click_first(string? https, string? mailto, string? expected, bool post)
    {
        var headers = Headers(new UnsubscribeTargets(https, mailto));

        Assert.Equal(expected, headers["List-Unsubscribe"]);
        Assert.Equal(post ? "List-Unsubscribe=One-Click" : null, headers["List-Unsubscribe-Post"]);
    }

    [Theory]
    [InlineData("ftp://x.org/", null)]
    [InlineData("https://x.org/a b", null)]
    [InlineData("https://x.org/>,<https://evil.org/", null)]
    [InlineData(null, "nobody")]
    [InlineData(null, "u@x.org>,<mailto:v@evil.org")]
    public void Targets_of_another_kind_are_refused(string? https, string? mailto) =>
        Assert.Throws<MailFormatException>(() => Headers(new UnsubscribeTargets(https, mailto)));

    [Fact]
    public void Feedback_id_is_written() => Assert.Equal("17:9:mailing:sender", Headers(feedback: "17:9:mailing:sender")["Feedback-ID"]);

    [Theory]
    [InlineData(AutoSubmitted.No, null)]
    [InlineData(AutoSubmitted.Generated, "auto-generated")]
    [InlineData(AutoSubmitted.Replied, "auto-replied")]
    public void Mail_of_a_program_says_so(AutoSubmitted automatic, string? expected) => Assert.Equal(expected, Headers(automatic: automatic)["Auto-Submitted"]);
}

using System.Buffers;
using System.Text;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Tests.Support;

internal static class Samples
{
    public static readonly MessageComposer Composer = new(new MessageComposerOptions { From = new Mailbox("news@example.org", "Example News") });

    public static byte[] Message(string to = "ann@example.net", string subject = "Hello", string? text = "Hello", string? html = "<p>Hello</p>", string id = "1@example.org", bool eightBit = false, MessageComposer? composer = null, string? toName = null, MailAttachment[]? attachments = null, params MessageHeader[] headers)
    {
        var output = new ArrayBufferWriter<byte>();
        (composer ?? Composer).Compose(output, new MessageParts
        {
            To = new Mailbox(to, toName),
            Subject = subject,
            Date = new DateTimeOffset(2026, 11, 22, 3, 9, 43, TimeSpan.Zero),
            MessageId = id,
            Text = text is null ? default : Encoding.UTF8.GetBytes(text),
            Html = html is null ? default : Encoding.UTF8.GetBytes(html),
            Headers = headers,
            Attachments = attachments,
            AllowEightBit = eightBit,
        });
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}

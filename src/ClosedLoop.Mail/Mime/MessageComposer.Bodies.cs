using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ClosedLoop.Mail.Mime;

public sealed partial class MessageComposer
{
    private (TransferEncoding? Text, TransferEncoding? Html) WriteBodies(CountingWriter output, in MessageParts parts)
    {
        var html = WellFormed(parts.Html);
        var text = WellFormed(parts.Text);
        if (html.IsEmpty)
            return (WriteSingle(output, "text/plain"u8, text, parts.AllowEightBit), null);
        if (text.IsEmpty)
            return (null, WriteSingle(output, "text/html"u8, html, parts.AllowEightBit));

        var textShape = BodyShape.Of(text);
        var htmlShape = BodyShape.Of(html);
        var textEncoding = textShape.Choose(parts.AllowEightBit);
        var htmlEncoding = htmlShape.Choose(parts.AllowEightBit);
        var boundary = FreeBoundary(text, html);
        output.Write("Content-Type: multipart/alternative;\r\n boundary=\""u8);
        output.Write(boundary);
        output.Write("\"\r\n\r\n--"u8);

        // RFC 2046 section 5.1.4: the plainest form first, the best last.
        output.Write(boundary);
        output.Write("\r\n"u8);
        WritePartHeader(output, "text/plain"u8, textEncoding);
        WriteBody(output, text, textShape, textEncoding);
        output.Write("\r\n--"u8);
        output.Write(boundary);
        output.Write("\r\n"u8);
        WritePartHeader(output, "text/html"u8, htmlEncoding);
        WriteBody(output, html, htmlShape, htmlEncoding);
        output.Write("\r\n--"u8);
        output.Write(boundary);
        output.Write("--\r\n"u8);
        return (textEncoding, htmlEncoding);
    }

    private static TransferEncoding WriteSingle(CountingWriter output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body, bool allowEightBit)
    {
        var shape = BodyShape.Of(body);
        var encoding = shape.Choose(allowEightBit);
        WritePartHeader(output, type, encoding);
        WriteBody(output, body, shape, encoding);

        // The end of a message is the end of a line (RFC 5321 section 4.1.1.4); base64 lines end themselves.
        if (encoding != TransferEncoding.Base64 && !(body.EndsWith("\n"u8) || body.EndsWith("\r"u8)))
            output.Write("\r\n"u8);
        return encoding;
    }

    private static void WritePartHeader(CountingWriter output, ReadOnlySpan<byte> type, TransferEncoding encoding)
    {
        output.Write("Content-Type: "u8);
        output.Write(type);
        output.Write("; charset=utf-8\r\nContent-Transfer-Encoding: "u8);
        output.Write(encoding switch
        {
            TransferEncoding.SevenBit => "7bit\r\n\r\n"u8,
            TransferEncoding.EightBit => "8bit\r\n\r\n"u8,
            TransferEncoding.QuotedPrintable => "quoted-printable\r\n\r\n"u8,
            _ => "base64\r\n\r\n"u8,
        });
    }

    private static void WriteBody(CountingWriter output, ReadOnlySpan<byte> body, in BodyShape shape, TransferEncoding encoding)
    {
        switch (encoding)
        {
            case TransferEncoding.QuotedPrintable:
                QuotedPrintable.Write(output, body);
                break;
            case TransferEncoding.Base64:
                Base64Lines.WriteText(output, body, shape);
                break;
            default:
                LineEndings.Write(output, body, shape);
                break;
        }
    }

    /// <summary>Every recipient of a mailing sees its boundary, so a merged field may well carry it: the bodies are searched each time.</summary>
    private ReadOnlySpan<byte> FreeBoundary(ReadOnlySpan<byte> text, ReadOnlySpan<byte> html)
    {
        if (text.IndexOf(_boundary) < 0 && html.IndexOf(_boundary) < 0)
            return _boundary;

        // Each step changes the tail; a body of n octets can hold fewer than n of them, so a free one is found.
        for (var i = 0; ; i++)
        {
            byte[] candidate = [.. _boundary, .. Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture))];
            if (text.IndexOf(candidate) < 0 && html.IndexOf(candidate) < 0)
                return candidate;
        }
    }

    /// <summary>Octets that are not UTF-8 become U+FFFD: a part must be what its charset says.</summary>
    private static ReadOnlySpan<byte> WellFormed(ReadOnlySpan<byte> body) =>
        Utf8.IsValid(body) ? body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body));
}

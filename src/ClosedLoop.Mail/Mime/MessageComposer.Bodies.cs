using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ClosedLoop.Mail.Mime;

public sealed partial class MessageComposer
{
    /// <summary>mixed(related(alternative(text, html), images), files), each level only where there is something for it (RFC 2046 section 5.1, RFC 2387).</summary>
    private (TransferEncoding? Text, TransferEncoding? Html, int Replaced) WriteBodies(CountingWriter output, in MessageParts parts)
    {
        var replaced = 0;
        var html = InCharset(WellFormed(parts.Html), ref replaced);
        var text = InCharset(WellFormed(parts.Text), ref replaced);
        CheckAttachments(parts.Attachments);

        // Without HTML nothing names an inline file: it goes beside the text, where a reader finds it.
        var related = !html.IsEmpty && Has(parts.Attachments, inline: true);
        var mixed = Has(parts.Attachments, inline: false) || (html.IsEmpty && Has(parts.Attachments, inline: true));
        var boundary = FreeBoundary(text, html, parts.Attachments);
        if (mixed)
            OpenMultipart(output, "mixed"u8, "=_m"u8, boundary);
        if (related)
            OpenMultipart(output, text.IsEmpty ? "related; type=\"text/html\""u8 : "related; type=\"multipart/alternative\""u8, "=_r"u8, boundary);
        var encodings = WriteText(output, text, html, boundary, parts.AllowEightBit, endLine: !mixed && !related);
        if (related)
            CloseMultipart(output, parts.Attachments, inline: true, all: false, "=_r"u8, boundary);
        if (mixed)
            CloseMultipart(output, parts.Attachments, inline: false, all: html.IsEmpty, "=_m"u8, boundary);
        return (encodings.Text, encodings.Html, replaced);
    }

    private (TransferEncoding? Text, TransferEncoding? Html) WriteText(CountingWriter output, ReadOnlySpan<byte> text, ReadOnlySpan<byte> html, ReadOnlySpan<byte> boundary, bool allowEightBit, bool endLine)
    {
        if (html.IsEmpty)
            return (WriteSingle(output, "text/plain"u8, text, allowEightBit, endLine), null);
        if (text.IsEmpty)
            return (null, WriteSingle(output, "text/html"u8, html, allowEightBit, endLine));

        // RFC 2046 section 5.1.4: the plainest form first, the best last.
        OpenMultipart(output, "alternative"u8, default, boundary);
        var textEncoding = WriteSingle(output, "text/plain"u8, text, allowEightBit, endLine: false);
        Delimiter(output, default, boundary);
        output.Write("\r\n"u8);
        var htmlEncoding = WriteSingle(output, "text/html"u8, html, allowEightBit, endLine: false);
        Delimiter(output, default, boundary);
        output.Write("--\r\n"u8);
        return (textEncoding, htmlEncoding);
    }

    private TransferEncoding WriteSingle(CountingWriter output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body, bool allowEightBit, bool endLine)
    {
        var shape = BodyShape.Of(body);
        var encoding = shape.Choose(allowEightBit);
        WritePartHeader(output, type, encoding);
        WriteBody(output, body, shape, encoding);

        // The end of a message is the end of a line (RFC 5321 section 4.1.1.4); base64 lines end themselves.
        if (endLine && encoding != TransferEncoding.Base64 && !(body.EndsWith("\n"u8) || body.EndsWith("\r"u8)))
            output.Write("\r\n"u8);
        return encoding;
    }

    private void WritePartHeader(CountingWriter output, ReadOnlySpan<byte> type, TransferEncoding encoding)
    {
        output.Write("Content-Type: "u8);
        output.Write(type);
        output.Write("; charset="u8);
        output.Write(_charsetName);
        output.Write("\r\nContent-Transfer-Encoding: "u8);
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
    private ReadOnlySpan<byte> FreeBoundary(ReadOnlySpan<byte> text, ReadOnlySpan<byte> html, ReadOnlySpan<MailAttachment> own)
    {
        if (IsFree(_boundary, text, html, own))
            return _boundary;

        // Each step changes the tail; a body of n octets can hold fewer than n of them, so a free one is found.
        for (var i = 0; ; i++)
        {
            byte[] candidate = [.. _boundary, .. Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture))];
            if (IsFree(candidate, text, html, own))
                return candidate;
        }
    }

    private bool IsFree(ReadOnlySpan<byte> boundary, ReadOnlySpan<byte> text, ReadOnlySpan<byte> html, ReadOnlySpan<MailAttachment> own)
    {
        if (text.IndexOf(boundary) >= 0 || html.IndexOf(boundary) >= 0)
            return false;
        foreach (var attachment in _attachments)
        {
            if (attachment.IsPlain && attachment.Entity.AsSpan().IndexOf(boundary) >= 0)
                return false;
        }

        foreach (var attachment in own)
        {
            if (attachment.IsPlain && attachment.Entity.AsSpan().IndexOf(boundary) >= 0)
                return false;
        }

        return true;
    }

    /// <summary>What the charset of the mailing lacks becomes a question mark.</summary>
    private ReadOnlySpan<byte> InCharset(ReadOnlySpan<byte> body, ref int replaced)
    {
        if (_charset is null || body.IsEmpty)
            return body;
        var text = Encoding.UTF8.GetString(body);
        var bytes = _charset.GetBytes(text);
        var back = _charset.GetString(bytes);
        for (var i = 0; i < back.Length && i < text.Length; i++)
        {
            if (back[i] == '?' && text[i] != '?')
                replaced++;
        }

        return bytes;
    }

    /// <summary>Octets that are not UTF-8 become U+FFFD: a part must be what its charset says.</summary>
    private static ReadOnlySpan<byte> WellFormed(ReadOnlySpan<byte> body) =>
        Utf8.IsValid(body) ? body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body));
}

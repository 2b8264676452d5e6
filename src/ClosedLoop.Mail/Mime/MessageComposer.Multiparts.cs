using System.Buffers;

namespace ClosedLoop.Mail.Mime;

/// <summary>The frame of parts around the text. The levels have boundaries of their own: none is the beginning of another (RFC 2046 section 5.1.2).</summary>
public sealed partial class MessageComposer
{
    private bool Has(ReadOnlySpan<MailAttachment> own, bool inline)
    {
        foreach (var attachment in _attachments)
        {
            if (attachment.IsInline == inline)
                return true;
        }

        foreach (var attachment in own)
        {
            if (attachment.IsInline == inline)
                return true;
        }

        return false;
    }

    private void CheckAttachments(ReadOnlySpan<MailAttachment> own)
    {
        var total = 0L;
        foreach (var attachment in _attachments)
            total += attachment.EncodedSize;
        foreach (var attachment in own)
            total += attachment.EncodedSize;
        if (total > _options.MaxAttachmentBytes)
            throw new MailFormatException(MailErrors.Attachment, $"the attachments have {total} octets; at most {_options.MaxAttachmentBytes} are allowed (MaxAttachmentBytes)");
    }

    /// <summary>The field, the blank line and the first delimiter: what follows is the header of the first part.</summary>
    private static void OpenMultipart(CountingWriter output, ReadOnlySpan<byte> subtype, ReadOnlySpan<byte> level, ReadOnlySpan<byte> boundary)
    {
        output.Write("Content-Type: multipart/"u8);
        output.Write(subtype);
        output.Write(";\r\n boundary=\""u8);
        output.Write(level);
        output.Write(boundary);
        output.Write("\"\r\n"u8);
        Delimiter(output, level, boundary);
        output.Write("\r\n"u8);
    }

    /// <summary>The attachments of this level and the closing delimiter.</summary>
    private void CloseMultipart(CountingWriter output, ReadOnlySpan<MailAttachment> own, bool inline, bool all, ReadOnlySpan<byte> level, ReadOnlySpan<byte> boundary)
    {
        foreach (var attachment in _attachments)
        {
            if (all || attachment.IsInline == inline)
                WriteAttachment(output, attachment, level, boundary);
        }

        foreach (var attachment in own)
        {
            if (all || attachment.IsInline == inline)
                WriteAttachment(output, attachment, level, boundary);
        }

        Delimiter(output, level, boundary);
        output.Write("--\r\n"u8);
    }

    private static void WriteAttachment(CountingWriter output, MailAttachment attachment, ReadOnlySpan<byte> level, ReadOnlySpan<byte> boundary)
    {
        Delimiter(output, level, boundary);
        output.Write("\r\n"u8);
        output.Write(attachment.Entity);
    }

    /// <summary>The line end before it belongs to it: a part keeps exactly the octets it had.</summary>
    private static void Delimiter(CountingWriter output, ReadOnlySpan<byte> level, ReadOnlySpan<byte> boundary)
    {
        output.Write("\r\n--"u8);
        output.Write(level);
        output.Write(boundary);
    }
}

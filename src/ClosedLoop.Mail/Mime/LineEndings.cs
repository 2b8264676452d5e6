using System.Buffers;

namespace ClosedLoop.Mail.Mime;

/// <summary>Writes text with CRLF line ends, whatever it came with (RFC 5322 section 2.3: CR and LF occur only together).</summary>
internal static class LineEndings
{
    /// <summary>Writes the body; exactly <c>shape.Length + shape.LoneBreaks</c> octets.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body, in BodyShape shape)
    {
        var size = shape.Length + shape.LoneBreaks;
        var target = output.GetSpan(size);
        if (shape.LoneBreaks == 0)
            body.CopyTo(target);
        else
            Normalize(body, target);
        output.Advance(size);
    }

    /// <summary>Copies line by line; the target must have one octet more for each bare CR or LF.</summary>
    public static int Normalize(ReadOnlySpan<byte> body, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var end = body.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
                break;
            body[..end].CopyTo(target[written..]);
            written += end;
            target[written++] = (byte)'\r';
            target[written++] = (byte)'\n';
            body = body[(body[end] == '\r' && end + 1 < body.Length && body[end + 1] == '\n' ? end + 2 : end + 1)..];
        }

        body.CopyTo(target[written..]);
        return written + body.Length;
    }
}

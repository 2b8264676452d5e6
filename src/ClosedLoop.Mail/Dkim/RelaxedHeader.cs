using System.Buffers;

namespace ClosedLoop.Mail.Dkim;

/// <summary>The header canonicalization <c>relaxed</c> of RFC 6376 section 3.4.2.</summary>
internal static class RelaxedHeader
{
    /// <summary>Finds the fields; returns the offset of the body.</summary>
    /// <exception cref="MailFormatException">A line is no field, or there are more than allowed.</exception>
    public static int ReadFields(ReadOnlySpan<byte> message, List<DkimField> fields, int most)
    {
        var position = 0;
        while (position < message.Length)
        {
            var end = EndOfLine(message, position);
            if (message[position..end] is [(byte)'\r', (byte)'\n'])
                return end;
            var colon = message[position..end].IndexOf((byte)':');
            if (colon <= 0 || fields.Count == most)
                throw new MailFormatException(MailErrors.Header, colon <= 0
                    ? $"the line at offset {position} of the message to be signed is no header field; expected name and colon, or the blank line before the body"
                    : $"the message to be signed has more than {most} header fields (MaxFields)");
            while (end < message.Length && message[end] is (byte)' ' or (byte)'\t')
                end = EndOfLine(message, end);
            fields.Add(new DkimField(position, message.Slice(position, colon).TrimEnd(" \t"u8).Length, end));
            position = end;
        }

        return position;
    }

    /// <summary>Name in lower case, unfolded, white space runs made one space, none at the ends and around the colon. The line end is the caller's.</summary>
    public static void Write(ReadOnlySpan<byte> field, int nameLength, IBufferWriter<byte> output)
    {
        var target = output.GetSpan(field.Length + 1);
        var written = 0;
        foreach (var b in field[..nameLength])
            target[written++] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        target[written++] = (byte)':';
        var value = field[nameLength..];
        value = value[(value.IndexOf((byte)':') + 1)..].Trim(" \t\r\n"u8);
        while (!value.IsEmpty)
        {
            var run = value.IndexOfAny(" \t\r\n"u8);
            if (run < 0)
                run = value.Length;
            value[..run].CopyTo(target[written..]);
            written += run;
            value = value[run..];
            if (value.IsEmpty)
                break;
            var gap = value.IndexOfAnyExcept(" \t\r\n"u8);

            // A line end goes without a trace; what follows it in a folded field is white space in any case.
            target[written++] = (byte)' ';
            value = value[gap..];
        }

        output.Advance(written);
    }

    private static int EndOfLine(ReadOnlySpan<byte> message, int position)
    {
        var end = message[position..].IndexOf("\r\n"u8);
        return end < 0 ? message.Length : position + end + 2;
    }
}

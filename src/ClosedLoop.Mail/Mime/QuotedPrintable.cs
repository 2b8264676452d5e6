using System.Buffers;

namespace ClosedLoop.Mail.Mime;

/// <summary>Quoted-printable of RFC 2045 section 6.7.</summary>
internal static class QuotedPrintable
{
    /// <summary>Rule 5: at most 76 characters in a line, the last of which is the soft break.</summary>
    private const int MaxLine = 75;

    private static readonly SearchValues<byte> Unsafe = SearchValues.Create([.. Enumerable.Range(0, 256).Where(b => b is < 32 or > 126 or '=').Select(b => (byte)b)]);

    /// <summary>Writes text of any line ends; line ends come out as hard CRLF breaks.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body)
    {
        while (true)
        {
            var end = body.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? body : body[..end];

            // An octet takes three characters at most, and a soft break three for every 73.
            var span = output.GetSpan((line.Length * 3) + (line.Length * 9 / 73) + 8);
            var used = WriteLine(span, line);
            if (end >= 0)
            {
                span[used++] = (byte)'\r';
                span[used++] = (byte)'\n';
            }

            output.Advance(used);
            if (end < 0)
                return;
            body = body[(body[end] == '\r' && end + 1 < body.Length && body[end + 1] == '\n' ? end + 2 : end + 1)..];
        }
    }

    /// <summary>Undoes the encoding; what is not valid is passed through, as RFC 2045 section 6.7 advises robust readers. Returns octets written; the target is as long as the source.</summary>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var written = 0;
        while (!source.IsEmpty)
        {
            var end = source.IndexOf((byte)'\n');
            var line = end < 0 ? source : source[..end];
            source = end < 0 ? default : source[(end + 1)..];
            var crlf = !line.IsEmpty && line[^1] == '\r';

            // Rule 3: white space at the end of an encoded line was added on the way.
            line = line.TrimEnd(" \t\r"u8);
            var soft = !line.IsEmpty && line[^1] == '=';
            if (soft)
                line = line[..^1];
            written += DecodeLine(line, target[written..]);
            if (soft || end < 0)
                continue;
            if (crlf)
                target[written++] = (byte)'\r';
            target[written++] = (byte)'\n';
        }

        return written;
    }

    private static int WriteLine(Span<byte> span, ReadOnlySpan<byte> line)
    {
        var used = 0;
        var column = 0;
        while (!line.IsEmpty)
        {
            var run = line.IndexOfAny(Unsafe);
            if (run < 0)
                run = line.Length;

            // Rule 3: a space or tab never ends a line.
            if (run == line.Length && line[^1] == ' ')
                run--;
            if (run > 0)
            {
                CopyRun(span, ref used, ref column, line[..run]);
                line = line[run..];
                continue;
            }

            var b = line[0];
            line = line[1..];
            if (b == '\t' && !line.IsEmpty)
            {
                SoftBreak(span, ref used, ref column, 1);
                span[used++] = b;
                column++;
                continue;
            }

            SoftBreak(span, ref used, ref column, 3);
            span[used++] = (byte)'=';
            span[used++] = "0123456789ABCDEF"u8[b >> 4];
            span[used++] = "0123456789ABCDEF"u8[b & 15];
            column += 3;
        }

        return used;
    }

    private static void CopyRun(Span<byte> span, ref int used, ref int column, ReadOnlySpan<byte> run)
    {
        while (!run.IsEmpty)
        {
            SoftBreak(span, ref used, ref column, 1);
            var n = Math.Min(run.Length, MaxLine - column);
            run[..n].CopyTo(span[used..]);
            used += n;
            column += n;
            run = run[n..];
        }
    }

    private static void SoftBreak(Span<byte> span, ref int used, ref int column, int needed)
    {
        if (column + needed <= MaxLine)
            return;
        "=\r\n"u8.CopyTo(span[used..]);
        used += 3;
        column = 0;
    }

    private static int DecodeLine(ReadOnlySpan<byte> line, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var equals = line.IndexOf((byte)'=');
            if (equals < 0)
                break;
            line[..equals].CopyTo(target[written..]);
            written += equals;
            line = line[equals..];
            if (line.Length >= 3 && HexDigit(line[1]) is >= 0 and var high && HexDigit(line[2]) is >= 0 and var low)
            {
                target[written++] = (byte)((high << 4) | low);
                line = line[3..];
            }
            else
            {
                target[written++] = (byte)'=';
                line = line[1..];
            }
        }

        line.CopyTo(target[written..]);
        return written + line.Length;
    }

    internal static int HexDigit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        _ => -1,
    };
}

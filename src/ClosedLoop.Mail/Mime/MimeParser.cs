using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>Cuts a message into parts. Each octet is visited once per level, and levels are limited.</summary>
internal sealed class MimeParser(MimeLimits limits)
{
    private int _parts;

    public MimePart Parse(ReadOnlyMemory<byte> entity, int depth)
    {
        _parts++;
        var headers = new MimeHeaderList();
        var body = entity[ReadHeaders(entity.Span, headers)..];
        var type = MimeContentType.Parse(headers.Find("Content-Type")?.RawValue);
        var children = new List<MimePart>();
        if (depth < limits.MaxDepth)
        {
            if (type.IsKind("multipart") && !string.IsNullOrEmpty(type.Boundary))
                ReadParts(body, type.Boundary, depth, children);
            else if (type.Is("message/rfc822") && _parts < limits.MaxParts)
                children.Add(Parse(body, depth + 1));
        }

        return new MimePart(headers, body, children);
    }

    /// <summary>Reads to the blank line; returns where the body begins. A line that is no field ends the block: broken mail often lacks the blank line.</summary>
    private int ReadHeaders(ReadOnlySpan<byte> entity, MimeHeaderList headers)
    {
        var position = 0;
        string? name = null;
        var value = new StringBuilder();
        while (position < entity.Length)
        {
            var end = entity[position..].IndexOf((byte)'\n');
            var next = end < 0 ? entity.Length : position + end + 1;
            var line = (end < 0 ? entity[position..] : entity.Slice(position, end)).TrimEnd((byte)'\r');
            if (line.IsEmpty)
            {
                position = next;
                break;
            }

            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (value.Length < limits.MaxHeaderBytes)
                    value.Append(Text(line));
            }
            else
            {
                var colon = line.IndexOf((byte)':');

                // An mbox line before the fields is skipped; anything else without a name begins the body.
                if (colon <= 0 && !(position == 0 && line.StartsWith("From "u8)))
                    break;
                Keep(headers, name, value);
                name = colon <= 0 ? null : Text(line[..colon]).Trim();
                value.Append(colon <= 0 ? "" : Text(line[(colon + 1)..]));
            }

            position = next;
            if (position > limits.MaxHeaderBytes)
                break;
        }

        Keep(headers, name, value);
        return position;
    }

    private void Keep(MimeHeaderList headers, string? name, StringBuilder value)
    {
        if (name is not null && headers.Count < limits.MaxHeaders)
            headers.Add(new MimeHeader(name, value.ToString().Trim()));
        value.Clear();
    }

    /// <summary>Without a closing delimiter the last part runs to the end; without any there are no parts.</summary>
    private void ReadParts(ReadOnlyMemory<byte> body, string boundary, int depth, List<MimePart> children)
    {
        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        var start = -1;
        var position = 0;
        while (position < body.Length && _parts < limits.MaxParts)
        {
            var found = body.Span[position..].IndexOf(delimiter);
            if (found < 0)
                break;
            found += position;
            var after = found + delimiter.Length;
            position = after;
            if (!IsDelimiterLine(body.Span, found, after, out var closing, out var next))
                continue;
            if (start >= 0)
                children.Add(Parse(body[start..Math.Max(start, WithoutLineEnd(body.Span, found))], depth + 1));
            start = closing ? -1 : next;
            position = next;
            if (closing)
                return;
        }

        if (start >= 0 && _parts < limits.MaxParts)
            children.Add(Parse(body[start..], depth + 1));
    }

    private static bool IsDelimiterLine(ReadOnlySpan<byte> body, int found, int after, out bool closing, out int next)
    {
        var end = body[after..].IndexOf((byte)'\n');
        var rest = end < 0 ? body[after..] : body.Slice(after, end);
        next = end < 0 ? body.Length : after + end + 1;
        closing = rest.StartsWith("--"u8);

        // RFC 2046 section 5.1.1: padding may follow; other text makes it a longer boundary of another multipart.
        return (found == 0 || body[found - 1] == '\n') && (closing || rest.Trim(" \t\r"u8).IsEmpty);
    }

    /// <summary>The line end before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).</summary>
    private static int WithoutLineEnd(ReadOnlySpan<byte> body, int found)
    {
        var end = found - 1;
        return end > 0 && body[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Header octets: UTF-8 when they are, else the western charset of old mailers.</summary>
    private static string Text(ReadOnlySpan<byte> line) => Charsets.Decode(null, line);
}

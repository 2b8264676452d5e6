using ClosedLoop.Data.Files;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>
/// Takes the tokens out of a stored order (xml-delivery spec section 5.4). Works on bytes: in all three charsets the ASCII marks of XML stand for themselves alone. Lines keep their numbers.
/// </summary>
internal static class TokenMask
{
    private static ReadOnlySpan<byte> Masked => "<suid>*</suid><key>*</key>"u8;

    /// <summary>Masks a file of an order that was read without an error; a second time changes nothing.</summary>
    public static void Apply(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (Mask(bytes) is { } masked) AtomicFile.Write(path, stream => stream.Write(masked));
    }

    /// <returns>Null when there is nothing to mask.</returns>
    internal static byte[]? Mask(ReadOnlySpan<byte> bytes)
    {
        if (!TryFind(bytes, out var start, out var end)) return null;
        var inner = bytes[start..end];
        var output = new MemoryStream(bytes.Length);
        output.Write(bytes[..start]);
        output.Write(Masked);
        for (var lines = inner.Count((byte)'\n'); lines > 0; lines--) output.WriteByte((byte)'\n');
        output.Write(bytes[end..]);
        return output.ToArray();
    }

    /// <summary>Finds what stands between the tags of <c>auth</c>, outside comments and instructions.</summary>
    private static bool TryFind(ReadOnlySpan<byte> bytes, out int start, out int end)
    {
        (start, end) = (0, 0);
        for (var at = 0; at < bytes.Length;)
        {
            var open = bytes[at..].IndexOf((byte)'<');
            if (open < 0) return false;
            at += open;
            if (bytes[at..].StartsWith("<!--"u8)) at = After(bytes, at, "-->"u8);
            else if (bytes[at..].StartsWith("<?"u8)) at = After(bytes, at, "?>"u8);
            else if (bytes[at..].StartsWith("<![CDATA["u8)) at = After(bytes, at, "]]>"u8);
            else if (IsAuth(bytes[at..]))
            {
                start = After(bytes, at, ">"u8);
                end = EndOfAuth(bytes, start);
                return end > start;
            }
            else at++;
        }

        return false;
    }

    private static bool IsAuth(ReadOnlySpan<byte> tag) => tag.StartsWith("<auth"u8) && tag.Length > 5 && (tag[5] == '>' || char.IsWhiteSpace((char)tag[5]));

    /// <summary>A token may stand in CDATA, and CDATA may hold what looks like the end.</summary>
    private static int EndOfAuth(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length)
        {
            if (bytes[at..].StartsWith("<![CDATA["u8)) at = After(bytes, at, "]]>"u8);
            else if (bytes[at..].StartsWith("<!--"u8)) at = After(bytes, at, "-->"u8);
            else if (bytes[at..].StartsWith("</auth"u8)) return at;
            else at++;
        }

        return at;
    }

    private static int After(ReadOnlySpan<byte> bytes, int at, ReadOnlySpan<byte> mark)
    {
        var found = bytes[at..].IndexOf(mark);
        return found < 0 ? bytes.Length : at + found + mark.Length;
    }
}

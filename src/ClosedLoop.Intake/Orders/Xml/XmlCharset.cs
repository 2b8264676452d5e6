using System.Text;

namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>
/// The charset of an instructions file: what its XML declaration says, if it is one of the three of xml-delivery spec section 5.1. The choice is made here and not
/// by the XML parser, which knows many more: a second reading of the same bytes is how filters are passed.
/// </summary>
internal static class XmlCharset
{
    /// <summary>Bytes in which the declaration must end.</summary>
    public const int HeadBytes = 1024;

    static XmlCharset() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Finds the charset in the first bytes of a file.</summary>
    /// <param name="head">At least <see cref="HeadBytes"/> bytes, or the whole file.</param>
    /// <param name="markLength">Bytes of a byte order mark to be skipped.</param>
    /// <param name="column">Column of what is wrong, from 1.</param>
    /// <param name="fault">What was found and what is expected; null when there is a charset.</param>
    public static Encoding? Detect(ReadOnlySpan<byte> head, out int markLength, out int column, out string? fault)
    {
        markLength = 0;
        column = 1;
        fault = null;
        if (head.IndexOf((byte)0) is >= 0 and < 4 || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            fault = "the file is UTF-16 or UTF-32; expected utf-8, iso-8859-15 or shift_jis";
            return null;
        }

        if (head.StartsWith(Utf8Mark))
        {
            markLength = Utf8Mark.Length;
            head = head[markLength..];
        }

        var name = DeclaredName(head, out var at);
        column = at + 1;
        switch (name?.ToLowerInvariant())
        {
            case null or "utf-8":
                return new UTF8Encoding(false, throwOnInvalidBytes: true);
            case "iso-8859-15" or "shift_jis" when markLength > 0:
                fault = $"the file has a UTF-8 byte order mark and declares {name}";
                return null;
            case "iso-8859-15" or "shift_jis":
                return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            default:
                fault = "the XML declaration names another charset; expected utf-8, iso-8859-15 or shift_jis";
                return null;
        }
    }

    /// <summary>Value of <c>encoding</c> in the declaration; null without one, empty when it cannot be read.</summary>
    private static string? DeclaredName(ReadOnlySpan<byte> head, out int at)
    {
        at = 0;
        if (!head.StartsWith("<?xml"u8) || head.Length < 6 || head[5] is not (0x20 or 0x09 or 0x0A or 0x0D)) return null;
        var end = head.IndexOf("?>"u8);
        if (end < 0) return "";
        var key = head[..end].IndexOf("encoding"u8);
        if (key < 0) return null;
        at = key;
        var rest = head[(key + "encoding"u8.Length)..end].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] != '=') return "";
        rest = rest[1..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'\'')) return "";
        var close = rest[1..].IndexOf(rest[0]);
        return close < 0 ? "" : Encoding.Latin1.GetString(rest.Slice(1, close));
    }

    /// <summary>Line and column, from 1, of the first byte that the charset does not know; both 0 when there is none.</summary>
    public static (int Line, int Column) FirstFault(Stream stream, Encoding encoding, int markLength)
    {
        // LF is no part of a longer character in any of the three charsets, so that lines can be looked at one by one.
        var line = 1;
        var pending = new List<byte>(256);
        for (var skip = 0; skip < markLength; skip++) stream.ReadByte();
        using var buffered = new BufferedStream(stream, 64 * 1024);
        while (true)
        {
            var b = buffered.ReadByte();
            // A very long line is looked at in pieces; the column then counts from the piece.
            if (b >= 0 && b != '\n' && pending.Count < (1 << 20))
            {
                pending.Add((byte)b);
                continue;
            }

            if (FaultIn([.. pending], encoding) is { } column) return (line, column);
            if (b < 0) return (0, 0);
            pending.Clear();
            line++;
        }
    }

    private static int? FaultIn(byte[] bytes, Encoding encoding)
    {
        try
        {
            encoding.GetCharCount(bytes);
            return null;
        }
        catch (DecoderFallbackException fault)
        {
            var good = Math.Clamp(fault.Index, 0, bytes.Length);
            var lenient = Encoding.GetEncoding(encoding.CodePage);
            return lenient.GetCharCount(bytes, 0, good) + 1;
        }
    }
}

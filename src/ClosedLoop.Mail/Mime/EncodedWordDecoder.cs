using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>Reads encoded words of RFC 2047; what is not one is left as it is.</summary>
internal static class EncodedWordDecoder
{
    public static string Decode(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal))
            return value;
        var result = new StringBuilder(value.Length);
        var rest = value.AsSpan();
        var afterWord = false;
        var held = new List<byte>();
        string? heldCharset = null;
        while (!rest.IsEmpty)
        {
            var start = rest.IndexOf("=?");
            var between = start < 0 ? rest : rest[..start];
            string charset = "";
            byte[] bytes = [];
            var length = 0;
            if (start >= 0 && !TryWord(rest[start..], out length, out charset, out bytes))
            {
                // No encoded word after all: the two characters are text.
                between = rest[..(start + 2)];
                start = -1;
            }

            // Section 6.2: white space between two encoded words is not shown.
            if (!(afterWord && start >= 0 && between.Trim().IsEmpty))
            {
                Release(result, held, ref heldCharset);
                result.Append(between);
                afterWord = false;
            }

            rest = rest[between.Length..];
            if (start < 0)
                continue;

            // Characters cut by careless writers join again when the octets of neighbours in one charset are decoded together.
            if (heldCharset is not null && !heldCharset.Equals(charset, StringComparison.OrdinalIgnoreCase))
                Release(result, held, ref heldCharset);
            heldCharset = charset;
            held.AddRange(bytes);
            rest = rest[length..];
            afterWord = true;
        }

        Release(result, held, ref heldCharset);
        return result.ToString();
    }

    private static void Release(StringBuilder result, List<byte> held, ref string? charset)
    {
        if (charset is not null)
            result.Append(Charsets.Decode(charset, held.ToArray()));
        held.Clear();
        charset = null;
    }

    /// <summary>White space within a word breaks RFC 2047 section 2, but writers that fold anywhere put it there: base64 skips it, Q shows it.</summary>
    private static bool TryWord(ReadOnlySpan<char> text, out int length, out string charset, out byte[] bytes)
    {
        length = 0;
        charset = "";
        bytes = [];
        var first = text[2..].IndexOf('?');
        if (first <= 0 || text.Length < first + 6 || text[first + 4] != '?')
            return false;
        var mode = char.ToUpperInvariant(text[first + 3]);
        var payload = text[(first + 5)..];
        var end = payload.IndexOf("?=");
        if (end < 0 || mode is not ('Q' or 'B'))
            return false;
        var name = text.Slice(2, first);

        // RFC 2231 section 5: a language may follow the charset behind an asterisk.
        var star = name.IndexOf('*');
        charset = (star < 0 ? name : name[..star]).ToString();
        var source = Encoding.UTF8.GetBytes(payload[..end].ToString());
        var target = new byte[source.Length];
        var written = mode == 'B' ? Base64Lines.Decode(source, target) : DecodeQ(source, target);
        bytes = target[..written];
        length = first + 5 + end + 2;
        return true;
    }

    private static int DecodeQ(byte[] source, byte[] target)
    {
        var written = 0;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '=' && i + 2 < source.Length && QuotedPrintable.HexDigit(source[i + 1]) is >= 0 and var high && QuotedPrintable.HexDigit(source[i + 2]) is >= 0 and var low)
            {
                target[written++] = (byte)((high << 4) | low);
                i += 2;
            }
            else
            {
                target[written++] = source[i] == '_' ? (byte)' ' : source[i];
            }
        }

        return written;
    }
}

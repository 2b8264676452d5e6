using System.Text;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>Upper and lower case of one code point, with the few that become two letters.</summary>
internal static class CaseMapping
{
    /// <summary>Writes the mapped code point and returns the bytes used; the span holds eight.</summary>
    /// <param name="rune">The code point.</param>
    /// <param name="upper">To upper case, else to lower case.</param>
    /// <param name="title">Only the first of several letters becomes upper case, as in "Ss".</param>
    /// <param name="output">Where the bytes go.</param>
    public static int Write(Rune rune, bool upper, bool title, Span<byte> output)
    {
        var pair = upper ? Pair(rune.Value, title) : default;
        if (!pair.IsEmpty)
        {
            pair.CopyTo(output);
            return pair.Length;
        }

        return (upper ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune)).EncodeToUtf8(output);
    }

    public static string Map(string text, bool upperFirst, bool upperRest)
    {
        if (Ascii.IsValid(text))
        {
            var rest = upperRest ? text.ToUpperInvariant() : text.ToLowerInvariant();
            return upperFirst == upperRest || text.Length == 0 ? rest : char.ToUpperInvariant(text[0]) + rest[1..];
        }

        var result = new StringBuilder(text.Length + 8);
        Span<byte> bytes = stackalloc byte[8];
        var upper = upperFirst;
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(Encoding.UTF8.GetString(bytes[..Write(rune, upper, upper && !upperRest, bytes)]));
            upper = upperRest;
        }

        return result.ToString();
    }

    private static ReadOnlySpan<byte> Pair(int codePoint, bool title) => codePoint switch
    {
        0xDF => title ? "Ss"u8 : "SS"u8,
        0xFB00 => title ? "Ff"u8 : "FF"u8,
        0xFB01 => title ? "Fi"u8 : "FI"u8,
        0xFB02 => title ? "Fl"u8 : "FL"u8,
        0xFB05 or 0xFB06 => title ? "St"u8 : "ST"u8,
        _ => default,
    };
}

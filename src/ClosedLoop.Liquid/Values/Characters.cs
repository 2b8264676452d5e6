namespace ClosedLoop.Liquid.Values;

/// <summary>Text counted in code points, as templates count; .NET counts UTF-16 units.</summary>
internal static class Characters
{
    public static int Count(string text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            if (char.IsLowSurrogate(c))
            {
                count--;
            }
        }

        return count;
    }

    /// <summary>The UTF-16 offset of a code point; the text's length when it has fewer.</summary>
    public static int OffsetOf(string text, long character)
    {
        var offset = 0;
        for (long i = 0; i < character && offset < text.Length; i++)
        {
            offset += char.IsHighSurrogate(text[offset]) && offset + 1 < text.Length && char.IsLowSurrogate(text[offset + 1]) ? 2 : 1;
        }

        return offset;
    }

    /// <summary>Ruby's <c>slice(start, length)</c>: a negative start counts from the end; null when the start lies outside.</summary>
    public static string? Slice(string text, long start, long length)
    {
        long count = Count(text);
        start = start < 0 ? start + count : start;
        if (start < 0 || start > count || length < 0)
        {
            return null;
        }

        var end = length > count - start ? count : start + length;
        if (count == text.Length)
        {
            return text[(int)start..(int)end];
        }

        var from = OffsetOf(text, start);
        return text[from..OffsetOf(text, end)];
    }
}

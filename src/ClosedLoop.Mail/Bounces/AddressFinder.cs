namespace ClosedLoop.Mail.Bounces;

/// <summary>Finds addresses in running text. One pass, no backtracking: texts come from strangers.</summary>
internal static class AddressFinder
{
    private const int MaxAddress = 254;

    /// <summary>The first address at or behind a place; null when there is none.</summary>
    public static string? First(ReadOnlySpan<char> text, out int start, out int end)
    {
        start = end = 0;
        var from = 0;
        while (from < text.Length)
        {
            var at = text[from..].IndexOf('@');
            if (at < 0)
                return null;
            at += from;
            from = at + 1;
            start = at;
            while (start > 0 && at - start < MaxAddress && IsLocal(text[start - 1]))
                start--;
            end = at + 1;
            while (end < text.Length && end - at < MaxAddress && IsDomain(text[end]))
                end++;

            // A sentence may end right behind the address.
            while (end > at + 1 && text[end - 1] is '.' or '-')
                end--;

            // A path of files that ends in an address.
            if (start < at && text[start] == '/')
                start += text[start..at].LastIndexOf('/');
            while (start < at && text[start] is '.' or '\'' or '=' or '/')
                start++;
            if (start < at && text[(at + 1)..end].Contains('.') && end - start <= MaxAddress)
                return text[start..end].ToString();
        }

        return null;
    }

    public static string? First(ReadOnlySpan<char> text) => First(text, out _, out _);

    public static IEnumerable<string> All(string text)
    {
        var from = 0;
        while (First(text.AsSpan(from), out _, out var end) is { } address)
        {
            yield return address;
            from += end;
        }
    }

    private static bool IsLocal(char c) => char.IsAsciiLetterOrDigit(c) || c > 127 || ".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    private static bool IsDomain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' || (c > 127 && char.IsLetterOrDigit(c));
}

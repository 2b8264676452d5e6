namespace ClosedLoop.Liquid.Filters;

/// <summary>Text cut at white space.</summary>
internal static class Words
{
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var at = 0;
        while (true)
        {
            at = SkipBlanks(text, at);
            if (at == text.Length)
            {
                return words;
            }

            var start = at;
            at = SkipWord(text, at);
            words.Add(text[start..at]);
        }
    }

    /// <summary>The first words; null when there is nothing behind them, not even white space.</summary>
    public static List<string>? Split(string text, int count)
    {
        var words = new List<string>();
        var at = SkipBlanks(text, 0);
        while (words.Count < count && at < text.Length)
        {
            var start = at;
            at = SkipWord(text, at);
            words.Add(text[start..at]);
            if (at == text.Length)
            {
                return null;
            }

            at = SkipBlanks(text, at);
        }

        return words.Count < count ? null : words;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\v' or '\f' or '\r' or '\0';

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int SkipWord(string text, int at)
    {
        while (at < text.Length && !IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }
}

namespace ClosedLoop.Mail.Bounces;

/// <summary>
/// Words that stand for a reason, spelled as <see cref="TextFold"/> spells; an asterisk allows a few words between. Matching is a chain of ordinal searches: it cannot backtrack,
/// whatever a stranger writes.
/// </summary>
internal sealed class Phrase
{
    /// <summary>How far the next piece may be from the one before; farther apart they belong to different sentences.</summary>
    private const int MaxGap = 70;

    private readonly string[] _pieces;

    public Phrase(string pattern) => _pieces = TextFold.Fold(pattern).Split('*', StringSplitOptions.RemoveEmptyEntries);

    public static implicit operator Phrase(string pattern) => new(pattern);

    public bool IsIn(string text)
    {
        var from = 0;
        while (true)
        {
            var start = text.IndexOf(_pieces[0], from, StringComparison.Ordinal);
            if (start < 0)
                return false;

            // "antispam.example" is no word about spam, "vollständig" none about a full box.
            if ((start == 0 || IsWithoutSpaces(_pieces[0][0]) || !char.IsLetter(text[start - 1])) && RestFollows(text, start + _pieces[0].Length))
                return true;
            from = start + 1;
        }
    }

    /// <summary>Kana, Han and Hangul: what stands before a word says nothing about where it begins.</summary>
    public static bool IsWithoutSpaces(char c) => c >= '\u1100';

    private bool RestFollows(string text, int position)
    {
        for (var i = 1; i < _pieces.Length; i++)
        {
            var length = Math.Min(text.Length - position, MaxGap + _pieces[i].Length);
            var found = text.IndexOf(_pieces[i], position, length, StringComparison.Ordinal);
            if (found < 0)
                return false;
            position = found + _pieces[i].Length;
        }

        return true;
    }
}

namespace ClosedLoop.Mail.Bounces;

/// <summary>
/// The words of one language for what can happen to a mailbox or a domain, as stems after <see cref="TextFold"/>. A meaning is a noun and a predicate in the same
/// sentence, in either order; that carries over to servers nobody has seen, where a list of whole sentences does not. A trailing bar ends a word.
/// </summary>
internal sealed record Vocabulary
{
    /// <summary>How far noun and predicate may be apart, in characters.</summary>
    private const int MaxGap = 48;

    /// <summary>How often a noun is looked at; a reply says it once or twice, and a stranger's text of nothing else must not cost more.</summary>
    private const int MaxOccurrences = 50;

    private static readonly string[] Breaks = [". ", "; ", "! ", "? ", "。", " but ", " - http"];

    /// <summary>The mailbox, its user, its address.</summary>
    public required string[] Mailbox { get; init; }

    /// <summary>Is not there.</summary>
    public string[] Gone { get; init; } = [];

    public string[] Full { get; init; } = [];

    /// <summary>Is there and closed.</summary>
    public string[] Closed { get; init; } = [];

    public string[] Domain { get; init; } = [];

    /// <summary>Words right before a noun that make it somebody else's: the sender's, a host's.</summary>
    public string[] Others { get; init; } = [];

    public bool SaysGone(string text) => AreNear(text, Mailbox, Gone);

    public bool SaysFull(string text) => AreNear(text, Mailbox, Full);

    public bool SaysClosed(string text) => AreNear(text, Mailbox, Closed);

    public bool SaysNoDomain(string text) => AreNear(text, Domain, Gone);

    private bool AreNear(string text, string[] nouns, string[] predicates)
    {
        // Most texts are in another language: nothing is paired then.
        var present = Array.FindAll(predicates, p => Find(text, p, 0, out _) >= 0);
        if (present.Length == 0)
            return false;
        foreach (var noun in nouns)
        {
            var count = 0;
            for (var at = Find(text, noun, 0, out var end); at >= 0 && count++ < MaxOccurrences; at = Find(text, noun, end, out end))
            {
                if (!IsOthers(text.AsSpan(0, at)) && (Holds(After(text, end), present) || Holds(Before(text, at), present)))
                    return true;
            }
        }

        return false;
    }

    private static bool Holds(string window, string[] predicates) => Array.Exists(predicates, p => Find(window, p, 0, out _) >= 0);

    private bool IsOthers(ReadOnlySpan<char> before)
    {
        foreach (var word in Others)
        {
            if (before.EndsWith(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static string After(string text, int end)
    {
        var window = text.Substring(end, Math.Min(MaxGap, text.Length - end));
        foreach (var mark in Breaks)
        {
            if (window.IndexOf(mark, StringComparison.Ordinal) is var cut and >= 0)
                window = window[..cut];
        }

        return window;
    }

    private static string Before(string text, int start)
    {
        var from = Math.Max(0, start - MaxGap);
        var window = text[from..start];
        foreach (var mark in Breaks)
        {
            if (window.LastIndexOf(mark, StringComparison.Ordinal) is var cut and >= 0)
                window = window[(cut + mark.Length)..];
        }

        return window;
    }

    /// <summary>A stem opens a word; scripts without spaces have no words to open.</summary>
    private static int Find(string text, string stem, int from, out int end)
    {
        var whole = stem[^1] == '|';
        var word = whole ? stem[..^1] : stem;
        for (var at = text.IndexOf(word, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            end = at + word.Length;
            if ((at == 0 || Phrase.IsWithoutSpaces(word[0]) || word.StartsWith("n't", StringComparison.Ordinal) || !char.IsLetter(text[at - 1])) && (!whole || end == text.Length || !char.IsLetter(text[end])))
                return at;
        }

        end = text.Length;
        return -1;
    }
}

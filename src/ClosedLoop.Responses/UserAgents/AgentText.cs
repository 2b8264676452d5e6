namespace ClosedLoop.Responses.UserAgents;

/// <summary>A header with the few questions that all rules ask of it. All searches are ordinal and linear: no pattern can be made slow.</summary>
internal sealed class AgentText
{
    public AgentText(string header)
    {
        // Some log pipelines and clients write plus signs for spaces.
        Text = !header.Contains(' ', StringComparison.Ordinal) && header.Contains("+(", StringComparison.Ordinal) ? header.Replace('+', ' ') : header;
    }

    public string Text { get; }

    public bool Has(string part) => Text.Contains(part, StringComparison.Ordinal);

    public bool HasIgnoreCase(string part) => Text.Contains(part, StringComparison.OrdinalIgnoreCase);

    public bool HasAny(params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (Has(part))
                return true;
        }
        return false;
    }

    public bool StartsWith(string part) => Text.StartsWith(part, StringComparison.Ordinal);

    /// <summary>True when the part stands alone: no letter or digit on either side.</summary>
    public bool HasWord(string word, StringComparison comparison = StringComparison.Ordinal) => IndexOfWord(word, 0, comparison) >= 0;

    /// <summary>The version right after <c>token/</c> (also <c>token </c>, <c>token-</c>, <c>token</c>), or null when there is none.</summary>
    public string? VersionAfter(string token, StringComparison comparison = StringComparison.OrdinalIgnoreCase) => VersionAfter(token, comparison, joined: true);

    /// <summary>As <see cref="VersionAfter(string, StringComparison)"/>, but not where the token is the end of a name with a hyphen or underscore (<c>Example-Android/2.0</c>).</summary>
    public string? VersionAfterOwnWord(string token) => VersionAfter(token, StringComparison.OrdinalIgnoreCase, joined: false);

    private string? VersionAfter(string token, StringComparison comparison, bool joined)
    {
        for (var at = Text.IndexOf(token, comparison); at >= 0; at = Text.IndexOf(token, at + 1, comparison))
        {
            if (at > 0 && char.IsLetterOrDigit(Text[at - 1]) && char.IsLetterOrDigit(token[0]))
                continue;
            if (!joined && at > 0 && Text[at - 1] is ('-' or '_'))
                continue;
            if (VersionAt(at + token.Length) is { } version)
                return version;
        }
        return null;
    }

    /// <summary>A family whose version stands after one of its tokens; null when none is there.</summary>
    public Product? ProductAfter(string token, string family) => VersionAfter(token) is { } version ? new Product(family, version) : null;

    /// <summary>Digits in up to four parts, separated by dots, underscores or (inside a version) hyphens, from an index on.</summary>
    public string? VersionAt(int index)
    {
        var at = index;
        while (at < Text.Length && at - index < 2 && Text[at] is '/' or ' ' or '-' or ':' or ';' or '_')
            at++;
        if (at < Text.Length && Text[at] is 'v' or 'V')
            at++;
        var start = at;
        var parts = 0;
        while (at < Text.Length)
        {
            var digits = at;
            while (at < Text.Length && char.IsAsciiDigit(Text[at]))
                at++;
            if (at == digits)
            {
                at--;
                break;
            }
            if (++parts == 4 || at >= Text.Length || Text[at] is not ('.' or '_'))
                break;
            at++;
        }
        return parts == 0 ? null : Text[start..at].Replace('_', '.');
    }

    private int IndexOfWord(string word, int from, StringComparison comparison)
    {
        for (var at = Text.IndexOf(word, from, comparison); at >= 0; at = Text.IndexOf(word, at + 1, comparison))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(Text[at - 1])) && (end == Text.Length || !char.IsLetterOrDigit(Text[end])))
                return at;
        }
        return -1;
    }
}

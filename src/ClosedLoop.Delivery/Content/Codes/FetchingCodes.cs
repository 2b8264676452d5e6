using System.Text.RegularExpressions;

namespace ClosedLoop.Delivery.Content.Codes;

/// <summary>Finds the codes that fetch: <c>@{url}@</c>, <c>&lt;@url@&gt;</c>, <c>@(url)@</c> and <c>^(url)^</c>.</summary>
internal static partial class FetchingCodes
{
    private static readonly string[] Groups = ["external", "include", "inline", "dynamic"];

    /// <summary>All of a text, in order.</summary>
    public static IEnumerable<FetchingCode> Find(string? text)
    {
        if (string.IsNullOrEmpty(text)) yield break;
        for (var match = Code().Match(text); match.Success; match = match.NextMatch())
        {
            var group = Groups.First(name => match.Groups[name].Success);
            yield return new FetchingCode(match.Index, match.Length, match.Groups[group].Value.Trim(), group is "inline" or "dynamic", group is "include" or "dynamic");
        }
    }

    /// <summary>Whether an address differs between recipients.</summary>
    public static bool IsPersonal(string url) => url.Contains("${", StringComparison.Ordinal);

    /// <summary>An address in which only fields of the recipient are placeholders.</summary>
    /// <param name="url">As it stands in the code.</param>
    /// <param name="notes">Values by label; put in percent-encoded.</param>
    public static string WithNotes(string url, IReadOnlyDictionary<string, string> notes)
    {
        var whole = Note().Replace(url, match => notes.FirstOrDefault(note => string.Equals(note.Key, match.Groups["label"].Value.Trim(), StringComparison.OrdinalIgnoreCase)).Value is { } value
            ? Uri.EscapeDataString(value)
            : match.Value);
        return Brace().Replace(whole, match => match.Value switch { "{" => "%7B", "}" => "%7D", var field => field });
    }

    /// <summary>Whether a text could be read as a code, or as a tag of our own, if it stood in a message.</summary>
    public static bool LooksLikeCode(string text) => Mark().IsMatch(text);

    /// <summary>Markup in which nothing can be read as a code.</summary>
    public static string Quiet(string html) => html.Replace("{", "&#123;", StringComparison.Ordinal).Replace("@(", "@&#40;", StringComparison.Ordinal)
        .Replace("^(", "^&#40;", StringComparison.Ordinal).Replace("<@", "&lt;@", StringComparison.Ordinal).Replace("<%", "&lt;%", StringComparison.Ordinal);

    [GeneratedRegex(@"@\{(?<external>[^\r\n]{1,1024}?)\}@|<@(?<include>[^\r\n]{1,1024}?)@>|@\((?<inline>[^\r\n]{1,1024}?)\)@|\^\((?<dynamic>[^\r\n]{1,1024}?)\)\^", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Code();

    [GeneratedRegex(@"<\{(?<label>[^{}\r\n]{1,200})\}>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Note();

    [GeneratedRegex(@"\$\{[^{}\r\n]{1,200}\}\$|[{}]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Brace();

    [GeneratedRegex(@"[$@%^<]\{|\{%|<[@%]|[@^]\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}

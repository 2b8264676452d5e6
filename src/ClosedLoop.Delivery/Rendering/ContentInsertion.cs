using System.Text;
using System.Text.RegularExpressions;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>
/// Puts fetched texts where their names stand, before links are looked for, so that theirs are tracked like all others. Anywhere but in
/// the text of a part, and with a filter, a name is a value like those below <c>campaign</c> and is escaped by its place.
/// </summary>
internal static partial class ContentInsertion
{
    public const string Root = "content";

    /// <summary>Elements whose text is no markup.</summary>
    private static readonly string[] Opaque = ["style", "script", "title", "textarea", "xmp", "noscript", "noembed", "noframes", "iframe", "svg", "math", "template"];

    /// <summary>The HTML part. What was fetched cannot be read as a tag of the template language: its braces become entities.</summary>
    public static string Html(string source, IReadOnlyDictionary<string, FrozenContent> content)
    {
        if (content.Count == 0) return source;
        var output = new StringBuilder(source.Length + 1024);
        var copied = 0;
        foreach (Match match in Placeholder().Matches(source))
        {
            if (!content.TryGetValue(match.Groups["name"].Value, out var found) || found.Html is null || !StandsInText(source, match.Index)) continue;
            output.Append(source, copied, match.Index - copied).Append(found.Html.Replace("{", "&#123;", StringComparison.Ordinal));
            copied = match.Index + match.Length;
        }

        return output.Append(source, copied, source.Length - copied).ToString();
    }

    /// <summary>The text part; a brace is written by the template itself.</summary>
    public static string Text(string source, IReadOnlyDictionary<string, FrozenContent> content) => content.Count == 0 ? source : Placeholder().Replace(
        source,
        match => content.TryGetValue(match.Groups["name"].Value, out var found) && found.Html is not null ? found.Text.Replace("{", "{{ '{' }}", StringComparison.Ordinal) : match.Value);

    /// <summary>Every name asked for, in the order of the template.</summary>
    public static IEnumerable<string> NamesIn(string template) =>
        Tag().Matches(template).SelectMany(tag => Mention().Matches(tag.Value)).Select(match => match.Groups["name"].Value);

    /// <summary>Not inside a tag, a comment, or an element that holds no markup.</summary>
    public static bool StandsInText(string source, int place)
    {
        var at = 0;
        while ((at = source.IndexOf('<', at)) >= 0 && at < place)
        {
            if (string.CompareOrdinal(source, at, "<!--", 0, 4) == 0)
            {
                var close = source.IndexOf("-->", at + 4, StringComparison.Ordinal);
                at = close < 0 ? source.Length : close + 3;
            }
            else if (at + 1 < source.Length && (char.IsAsciiLetter(source[at + 1]) || source[at + 1] is '/' or '!' or '?'))
            {
                var end = OpeningTag.Read(source, at).End;
                var opaque = Array.Find(Opaque, name => LinkMarkup.StartsTag(source, at, name));
                if (opaque is not null)
                {
                    var close = source.IndexOf("</" + opaque, end, StringComparison.OrdinalIgnoreCase);
                    end = close < 0 ? source.Length : close;
                }

                at = end;
            }
            else
            {
                at++;
            }

            if (at > place) return false;
        }

        return true;
    }

    [GeneratedRegex(@"\{\{-?[ \t]*content\.(?<name>[A-Za-z][A-Za-z0-9_]*)[ \t]*-?\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<![\w.'""-])content\.(?<name>[A-Za-z][A-Za-z0-9_]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mention();
}

using System.Text.RegularExpressions;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Content;

/// <summary>
/// Where a fetched text may stand. Messages are rendered again for the export of links, and the text is gone by then; only whether there was one is kept. So it may be
/// written and asked for, but nothing that decides on links may look into it.
/// </summary>
internal static partial class FetchedTextUse
{
    public static IEnumerable<string> Faults(SourceMailing mailing, ListDefinition list)
    {
        var texts = list.Fields.Where(field => field.Content == FieldContent.RefText).ToList();
        if (texts.Count == 0) yield break;
        foreach (var field in texts)
        {
            foreach (var (part, template) in new[] { ("subject", mailing.Subject), ("html", mailing.Html), ("text", mailing.Text) })
            {
                if (template is null) continue;
                if (mailing.Dialect == TemplateDialect.Liquid && LooksInto(template, field.Name) is { } tag) yield return $"{part}: '{tag}' looks into the fetched text '{field.Name}'; expected it in {{{{ … }}}} alone, or after if or unless.";
                if (Targets(template, part == "html").Any(target => IsNamed(target, field))) yield return $"{part}: the target of a link names the fetched text '{field.Name}'; expected a column of content ref-link there.";
            }

            foreach (var (name, body) in mailing.Functions.Where(function => IsNamed(function.Value, field)))
            {
                yield return $"functions.{name}: names the fetched text '{field.Name}'; a function cannot look into it.";
            }
        }
    }

    private static string? LooksInto(string template, string name)
    {
        foreach (Match capture in Capture().Matches(template))
        {
            if (ReferencedFields.Mentions(capture.Value, name)) return "{% capture %}";
        }

        foreach (Match tag in Tag().Matches(template))
        {
            if (ReferencedFields.Mentions(tag.Value, name) && !AsksWhether(tag.Value, name)) return tag.Value;
        }

        return null;
    }

    /// <summary><c>{% if teaser %}</c> and <c>{% unless teaser == blank %}</c>: whether there is one is known later, too.</summary>
    private static bool AsksWhether(string tag, string name) => Regex.IsMatch(
        tag, $@"^\{{%-?\s*(if|elsif|unless)\s+(recipient\.)?{Regex.Escape(name)}(\s*(==|!=)\s*(blank|nil|null))?\s*-?%\}}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> Targets(string template, bool isHtml) =>
        isHtml ? Href().Matches(template).Select(match => match.Groups["target"].Value) : BareUrl().Matches(template).Select(match => match.Value);

    private static bool IsNamed(string text, FieldDefinition field) =>
        ReferencedFields.Mentions(text, field.Name) && text.Contains('{', StringComparison.Ordinal) | text.Contains("user.data", StringComparison.Ordinal)
        || (field.DisplayName is { Length: > 0 } shown && text.Contains("{" + shown, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\{%-?\s*capture\b.*?endcapture", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Capture();

    [GeneratedRegex(@"\{%.*?%\}", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\bhref\s*=\s*(""(?<target>[^""]*)""|'(?<target>[^']*)'|(?<target>[^\s""'>]+))", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Href();

    [GeneratedRegex(@"https?://(\{\{.*?\}\}|\S)*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareUrl();
}

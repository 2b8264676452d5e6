using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>
/// Finds the links of a template and wraps each target in <c>{% link N %}…{% endlink %}</c>, so that whatever Liquid makes
/// of it (a constant, a column, a loop variable) ends up as one tracked URL. Done once per mailing.
/// </summary>
internal sealed partial class LinkMarkup(TemplateDialect dialect = TemplateDialect.Liquid)
{
    /// <summary>Longest name of a link (closed-loop spec section 11).</summary>
    private const int MaxNameLength = 255;

    private readonly List<string?> _names = [];

    /// <summary>Names of the wrapped links by number; <c>null</c> where the target itself is the name.</summary>
    public IReadOnlyList<string?> Names => _names;

    public static bool StartsTag(string source, int at, string name) =>
        string.Compare(source, at + 1, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
        && at + 1 + name.Length < source.Length
        && (char.IsWhiteSpace(source[at + 1 + name.Length]) || source[at + 1 + name.Length] is '>' or '/');

    /// <summary>Targets that are not tracked: other schemes, page anchors, and the unsubscribe link (one action, one row).</summary>
    public bool IsTrackable(string target)
    {
        var trimmed = target.AsSpan().Trim();
        return (trimmed.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                || trimmed.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                || trimmed.StartsWith("{{", StringComparison.Ordinal)
                || trimmed.StartsWith("{%", StringComparison.Ordinal)
                || PlaceholderLength(target, target.Length - target.TrimStart().Length) > 0)
            && IsBalanced(target)
            && !target.Contains(SystemFields.UnsubscribeUrl, StringComparison.OrdinalIgnoreCase)
            && !(dialect == TemplateDialect.Campaign && target.Contains("bmUnsubscribeUrl", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A block of the template that begins or ends outside the target cannot be wrapped with it.</summary>
    public static bool IsBalanced(string target)
    {
        var depth = 0;
        foreach (Match match in LiquidTag().Matches(target))
        {
            var name = match.Groups["name"].Value;
            if (name.StartsWith("end", StringComparison.Ordinal)) depth--;
            else if (name is "if" or "unless" or "case" or "for" or "tablerow" or "capture" or "ifchanged" or "comment" or "raw" or "doc") depth++;
            else if (name is "else" or "elsif" or "when" && depth == 0) return false;
            if (depth < 0) return false;
        }

        return depth == 0;
    }

    [GeneratedRegex(@"\{%-?\s*(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LiquidTag();

    private void Wrap(StringBuilder output, string target, string? name)
    {
        output.Append(CultureInfo.InvariantCulture, $"{{% link {_names.Count} %}}{target}{{% endlink %}}");
        _names.Add(name is { Length: > MaxNameLength } ? name[..MaxNameLength] : name);
    }
}

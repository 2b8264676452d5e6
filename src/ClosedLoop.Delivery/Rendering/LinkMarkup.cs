using System.Globalization;
using System.Text;
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
            && !target.Contains(SystemFields.UnsubscribeUrl, StringComparison.OrdinalIgnoreCase)
            && !(dialect == TemplateDialect.Campaign && target.Contains("bmUnsubscribeUrl", StringComparison.OrdinalIgnoreCase));
    }

    private void Wrap(StringBuilder output, string target, string? name)
    {
        output.Append(CultureInfo.InvariantCulture, $"{{% link {_names.Count} %}}{target}{{% endlink %}}");
        _names.Add(name is { Length: > MaxNameLength } ? name[..MaxNameLength] : name);
    }
}

using System.Text.RegularExpressions;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Delivery.Content;

/// <summary>
/// Placeholders inside an address that a recipient's field holds (closed-loop spec section 10): <c>{Name}</c>, <c>{{ name }}</c> and <c>${name}$</c> alike. Names alone
/// are put in, percent-encoded; no template is ever read from a file of recipients.
/// </summary>
internal sealed partial class UrlPlaceholders
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    public UrlPlaceholders(ListDefinition list)
    {
        for (var i = 0; i < list.Fields.Count; i++)
        {
            _columns[list.Fields[i].Name] = i;
            _columns["recipient." + list.Fields[i].Name] = i;
        }

        for (var i = 0; i < list.Fields.Count; i++)
        {
            if (list.Fields[i].DisplayName?.Trim() is { Length: > 0 } shown) _columns.TryAdd(shown, i);
        }
    }

    /// <param name="text">An address, or several with blanks between.</param>
    /// <param name="column">Gives the text of a column.</param>
    /// <exception cref="ContentException">A name the list does not have: asking a server for what nobody meant helps nobody.</exception>
    public string Resolve(string text, Func<int, string> column) => !text.Contains('{', StringComparison.Ordinal) ? text : Placeholder().Replace(text, match =>
    {
        var name = match.Groups["name"].Value.Trim();
        return _columns.TryGetValue(name, out var at)
            ? Uri.EscapeDataString(column(at))
            : throw new ContentException(ContentFault.AddressMalformed, $"an address with the placeholder '{match.Value}'", "the name of a column of the list");
    });

    [GeneratedRegex(@"\$\{(?<name>[^{}]+)\}\$|\{\{(?<name>[^{}]+)\}\}|\{(?<name>[^{}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

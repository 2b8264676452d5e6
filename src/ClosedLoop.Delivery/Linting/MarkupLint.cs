using ClosedLoop.Delivery.Products;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Linting;

/// <summary>Looks at the links and images of the HTML part.</summary>
internal static class MarkupLint
{
    public static IEnumerable<ContentFinding> Check(SourceMailing source)
    {
        if (source.Html is not { } html) yield break;
        foreach (var start in ProductMarkup.Unclosed(html))
        {
            yield return At(html, start, LintCode.UnclosedProduct, FindingSeverity.Warning, "an element marked data-product whose end cannot be told", "close it with its own tag, around whole blocks of the template; as it stands it is never left out");
        }

        var names = new LinkMarkup(source.Dialect);
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at < html.Length; at = html.IndexOf('<', at))
        {
            if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
            {
                var close = html.IndexOf("-->", at, StringComparison.Ordinal);
                at = close < 0 ? html.Length : close;
                continue;
            }

            if (LinkMarkup.StartsTag(html, at, "img"))
            {
                var image = OpeningTag.Read(html, at);
                if (image.Find("alt") is null) yield return At(html, at, LintCode.ImageWithoutText, FindingSeverity.Warning, "an image without alt", "alt=\"…\" with what it shows, or alt=\"\" for decoration");
                at = image.End;
            }
            else if (LinkMarkup.StartsTag(html, at, "a"))
            {
                var link = OpeningTag.Read(html, at);
                foreach (var finding in CheckLink(source, html, at, link, names)) yield return finding;
                at = link.End;
            }
            else
            {
                at++;
            }
        }
    }

    private static IEnumerable<ContentFinding> CheckLink(SourceMailing source, string html, int at, OpeningTag link, LinkMarkup names)
    {
        if (link.Find("href") is not { } href) yield break;
        var target = href.Text(html).Trim();
        if (target is "" or "#") yield return At(html, href.Start, LintCode.LinkWithoutTarget, FindingSeverity.Warning, "a link that leads nowhere", "an address in href");
        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) yield return At(html, href.Start, LintCode.UnsafeLink, FindingSeverity.Warning, "an address without encryption", "https instead of http");
        if (source.TrackClicks && names.IsTrackable(target) && names.NameOf(html, link) is null)
        {
            yield return At(html, at, LintCode.LinkWithoutName, FindingSeverity.Warning, "a link without a name", "name=\"…\" or a text: the response files call it by its address otherwise");
        }
    }

    private static ContentFinding At(string html, int offset, string code, FindingSeverity severity, string message, string hint)
    {
        var start = offset == 0 ? 0 : html.LastIndexOf('\n', offset - 1) + 1;
        var end = html.IndexOf('\n', offset);
        var line = html[start..(end < 0 ? html.Length : end)].TrimEnd('\r');
        return new ContentFinding(MailingTemplates.Html, html.AsSpan(0, offset).Count('\n') + 1, offset - start + 1, code, severity, message, hint, line);
    }
}

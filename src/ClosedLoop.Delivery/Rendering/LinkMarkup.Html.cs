using System.Net;
using System.Text;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

internal sealed partial class LinkMarkup
{
    /// <summary>Wraps the <c>href</c> of every <c>a</c> and <c>area</c> outside comments; <c>data-track="off"</c> leaves one alone.</summary>
    public string Html(string source, LinkTracking links = LinkTracking.All) => links switch
    {
        LinkTracking.All => AllLinks(source),
        LinkTracking.Marked => MarkedLinks(source),
        _ => WrapCodes(source, rest => rest),
    };

    private string AllLinks(string source)
    {
        var output = new StringBuilder(source.Length + 1024);
        var copied = 0;
        var at = 0;
        while ((at = source.IndexOf('<', at)) >= 0)
        {
            if (string.CompareOrdinal(source, at, "<!--", 0, 4) == 0)
            {
                var end = source.IndexOf("-->", at + 4, StringComparison.Ordinal);
                at = end < 0 ? source.Length : end + 3;
                continue;
            }

            if (!StartsTag(source, at, "a") && !StartsTag(source, at, "area"))
            {
                at++;
                continue;
            }

            var tag = OpeningTag.Read(source, at);
            if (tag.Find("href") is { } href && !string.Equals(tag.Find("data-track")?.Text(source), "off", StringComparison.OrdinalIgnoreCase))
            {
                var target = href.Text(source);
                if (IsTrackable(target))
                {
                    output.Append(source, copied, href.Start - copied);
                    Wrap(output, target, NameOf(source, tag));
                    copied = href.End;
                }
            }

            at = tag.End;
        }

        return WrapCodes(output.Append(source, copied, source.Length - copied).ToString(), rest => rest);
    }

    /// <summary>The <c>name</c> attribute, else the text of the link; <c>null</c> when neither says anything by itself.</summary>
    public string? NameOf(string source, OpeningTag tag)
    {
        if (tag.Find("name") is { } name) return Plain(name.Text(source));
        var close = source.IndexOf("</a", tag.End, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? null : Plain(source[tag.End..close]);
    }

    /// <summary>Markup without tags and Liquid, entities decoded, white space folded; <c>null</c> when nothing is left.</summary>
    private string? Plain(string markup)
    {
        var text = new StringBuilder(markup.Length);
        for (var i = 0; i < markup.Length; i++)
        {
            var end = markup[i] switch
            {
                '<' => markup.IndexOf('>', i),
                '{' when i + 1 < markup.Length && markup[i + 1] == '{' => After(markup, "}}", i),
                '{' when i + 1 < markup.Length && markup[i + 1] == '%' => After(markup, "%}", i),
                _ => PlaceholderLength(markup, i) is var length and > 0 ? i + length - 1 : -1,
            };
            if (end > i) i = end;
            else text.Append(markup[i]);
        }

        var plain = string.Join(' ', WebUtility.HtmlDecode(text.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return plain.Length == 0 ? null : plain;
    }

    private static int After(string markup, string close, int from)
    {
        var at = markup.IndexOf(close, from, StringComparison.Ordinal);
        return at < 0 ? -1 : at + 1;
    }
}

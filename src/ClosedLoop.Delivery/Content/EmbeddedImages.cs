using System.Text;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Content;

/// <summary>Pictures that travel with a mail: the relative addresses of those beside the template become their Content-IDs.</summary>
public static class EmbeddedImages
{
    /// <summary>RFC 2045 section 7 wants it unique in the world: the hash is, and the same picture is the same wherever it comes from.</summary>
    /// <param name="sha256">Of the picture, in lower-case hex.</param>
    public static string ContentId(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return sha256[..32] + "@content.invalid";
    }

    /// <summary>Every <c>src</c> of an <c>img</c> that is neither an address with a scheme nor anything a template writes.</summary>
    public static IReadOnlyList<string> RelativeSources(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return [.. Sources(html).Select(source => source.Text(html).Trim()).Where(IsRelative).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Puts Content-IDs in place of the addresses.</summary>
    internal static string Insert(string html, IReadOnlyDictionary<string, FrozenFile> images)
    {
        if (images.Count == 0) return html;
        var output = new StringBuilder(html.Length + 256);
        var copied = 0;
        foreach (var source in Sources(html))
        {
            if (!images.TryGetValue(source.Text(html).Trim(), out var image)) continue;
            output.Append(html, copied, source.Start - copied).Append("cid:").Append(ContentId(image.Sha256));
            copied = source.End;
        }

        return output.Append(html, copied, html.Length - copied).ToString();
    }

    /// <summary>Each picture once, encoded.</summary>
    internal static IEnumerable<MailAttachment> Encode(IEnumerable<FrozenFile> images, Func<string, byte[]> read) =>
        images.DistinctBy(image => image.Sha256).OrderBy(image => image.Name, StringComparer.Ordinal).Select(image => MailAttachment.Inline(image.Name, image.MediaType, read(image.Sha256), ContentId(image.Sha256)));

    private static bool IsRelative(string source) =>
        source.Length > 0 && source[0] is not ('/' or '\\' or '#') && !source.AsSpan().ContainsAny(':', '{', '}') && !source.Contains("<{", StringComparison.Ordinal);

    private static List<OpeningTag.AttributeValue> Sources(string html)
    {
        var found = new List<OpeningTag.AttributeValue>();
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at < html.Length; at = html.IndexOf('<', at))
        {
            if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
            {
                var close = html.IndexOf("-->", at, StringComparison.Ordinal);
                at = close < 0 ? html.Length : close;
            }
            else if (LinkMarkup.StartsTag(html, at, "img"))
            {
                var tag = OpeningTag.Read(html, at);
                if (tag.Find("src") is { } source) found.Add(source);
                at = tag.End;
            }
            else
            {
                at++;
            }
        }

        return found;
    }
}

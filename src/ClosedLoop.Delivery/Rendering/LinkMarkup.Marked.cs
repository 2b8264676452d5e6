using System.Text;

namespace ClosedLoop.Delivery.Rendering;

internal sealed partial class LinkMarkup
{
    private const string MarkAttribute = "track";

    /// <summary>Wraps the <c>href</c> of every <c>a</c> that carries <c>track="yes"</c>, and takes the mark out; one whose host is a placeholder keeps its target.</summary>
    private string MarkedLinks(string source)
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

            if (!StartsTag(source, at, "a"))
            {
                at++;
                continue;
            }

            var tag = OpeningTag.Read(source, at);
            if (string.Equals(tag.Find(MarkAttribute)?.Text(source), "yes", StringComparison.OrdinalIgnoreCase) && tag.SpanOf(MarkAttribute) is { } mark)
            {
                var href = tag.Find("href");
                var target = href?.Text(source);
                var wraps = target is not null && HasFixedHost(target) && IsTrackable(target);

                // The two stand in either order.
                if (wraps && href!.Value.Start < mark.Start) WrapTarget();
                output.Append(source, copied, mark.Start - copied);
                copied = mark.End;
                if (wraps && href!.Value.Start > mark.Start) WrapTarget();

                void WrapTarget()
                {
                    output.Append(source, copied, href!.Value.Start - copied);
                    Wrap(output, target!, NameOf(source, tag));
                    copied = href.Value.End;
                }
            }

            at = tag.End;
        }

        return WrapCodes(output.Append(source, copied, source.Length - copied).ToString(), rest => rest);
    }

    /// <summary>Whether the address names its host itself: nobody is led through us to a host that a data field chose.</summary>
    private static bool HasFixedHost(string target)
    {
        var trimmed = target.AsSpan().Trim();
        var start = trimmed.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return false;
        var host = trimmed[(start + 3)..];
        var end = host.IndexOfAny('/', '?', '#');
        if (end >= 0) host = host[..end];
        return host.Length > 0 && !host.Contains("${", StringComparison.Ordinal);
    }
}

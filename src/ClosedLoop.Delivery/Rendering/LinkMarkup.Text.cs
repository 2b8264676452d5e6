using System.Text;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

internal sealed partial class LinkMarkup
{
    /// <summary>Wraps every bare http or https URL of a text part, with the Liquid outputs inside it.</summary>
    public string Text(string source, LinkTracking links = LinkTracking.All) => WrapCodes(source, links == LinkTracking.All ? WrapUrls : rest => rest);

    private string WrapUrls(string source)
    {
        var output = new StringBuilder(source.Length + 256);
        var copied = 0;
        var at = 0;
        while ((at = NextCandidate(source, at)) >= 0)
        {
            var end = EndOfUrl(source, at);
            var target = source[at..end];
            if (target.Contains("://", StringComparison.Ordinal) && IsTrackable(target))
            {
                output.Append(source, copied, at - copied);
                Wrap(output, target, name: null);
                copied = end;
            }

            at = Math.Max(end, at + 4);
        }

        return output.Append(source, copied, source.Length - copied).ToString();
    }

    /// <summary>Next place outside Liquid where a URL may begin, or -1: an address inside a tag or output is a value, not yet a link.</summary>
    private static int NextCandidate(string source, int at)
    {
        while (at < source.Length)
        {
            var url = source.IndexOf("http", at, StringComparison.OrdinalIgnoreCase);
            if (url < 0) return -1;
            var liquid = source.AsSpan(at, url - at).IndexOf('{');
            if (liquid < 0) return url;
            var open = at + liquid;
            var close = source[open + 1] switch { '{' => "}}", '%' => "%}", _ => null };
            if (close is null)
            {
                at = open + 1;
                continue;
            }

            var end = source.IndexOf(close, open + 2, StringComparison.Ordinal);
            if (end < 0) return -1;
            at = end + 2;
        }

        return -1;
    }

    private int EndOfUrl(string source, int at)
    {
        var end = at;
        while (end < source.Length)
        {
            var c = source[end];
            if (c == '{' && end + 1 < source.Length && source[end + 1] is '{' or '%')
            {
                // A tag ends the URL (it may be the end of a loop), an output belongs to it.
                var close = source[end + 1] == '{' ? source.IndexOf("}}", end, StringComparison.Ordinal) : -1;
                if (close < 0) break;
                end = close + 2;
                continue;
            }

            if (PlaceholderLength(source, end) is var placeholder and > 0)
            {
                end += placeholder;
                continue;
            }

            if (char.IsWhiteSpace(c) || c is '<' or '>' or '"' or '\'' or '`' or '|') break;
            end++;
        }

        // Punctuation after a URL belongs to the sentence.
        while (end > at && source[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']') end--;
        return end;
    }
}

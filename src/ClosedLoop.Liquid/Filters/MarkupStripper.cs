using System.Text;

namespace ClosedLoop.Liquid.Filters;

/// <summary>
/// Takes tags out of HTML: scripts, styles and comments with their content, then everything between &lt; and &gt;. It cleans up for
/// reading; it is no defence against hostile markup.
/// </summary>
internal static class MarkupStripper
{
    public static string Strip(string html) => html.Contains('<', StringComparison.Ordinal) ? RemoveTags(RemoveBlocks(html)) : html;

    private static string RemoveBlocks(string html)
    {
        var result = new StringBuilder(html.Length);
        var at = 0;

        // Once an end mark is missing from here on it is missing further on too: never searched again, so the time stays linear.
        var (hasScriptEnd, hasCommentEnd, hasStyleEnd) = (true, true, true);
        while (true)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
            {
                return result.Append(html, at, html.Length - at).ToString();
            }

            result.Append(html, at, open - at);
            var end = EndOf(html, open, "<script", "</script>", ref hasScriptEnd)
                ?? EndOf(html, open, "<!--", "-->", ref hasCommentEnd)
                ?? EndOf(html, open, "<style", "</style>", ref hasStyleEnd);
            if (end is null)
            {
                result.Append('<');
            }

            at = end ?? open + 1;
        }
    }

    private static int? EndOf(string html, int open, string start, string end, ref bool exists)
    {
        if (!exists || string.CompareOrdinal(html, open, start, 0, start.Length) != 0)
        {
            return null;
        }

        var found = html.IndexOf(end, open + start.Length, StringComparison.Ordinal);
        exists = found >= 0;
        return exists ? found + end.Length : null;
    }

    private static string RemoveTags(string html)
    {
        var result = new StringBuilder(html.Length);
        var at = 0;
        while (true)
        {
            var open = html.IndexOf('<', at);
            var close = open < 0 ? -1 : html.IndexOf('>', open + 1);
            if (close < 0)
            {
                return result.Append(html, at, html.Length - at).ToString();
            }

            result.Append(html, at, open - at);
            at = close + 1;
        }
    }
}

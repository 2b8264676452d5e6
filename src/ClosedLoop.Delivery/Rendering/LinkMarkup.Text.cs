using System.Text;

namespace ClosedLoop.Delivery.Rendering;

internal sealed partial class LinkMarkup
{
    /// <summary>Wraps every bare http or https URL of a text part, with the Liquid outputs inside it.</summary>
    public string Text(string source)
    {
        var output = new StringBuilder(source.Length + 256);
        var copied = 0;
        var at = 0;
        while ((at = source.IndexOf("http", at, StringComparison.OrdinalIgnoreCase)) >= 0)
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

    private static int EndOfUrl(string source, int at)
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

            if (char.IsWhiteSpace(c) || c is '<' or '>' or '"' or '\'' or '`' or '|') break;
            end++;
        }

        // Punctuation after a URL belongs to the sentence.
        while (end > at && source[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']') end--;
        return end;
    }
}

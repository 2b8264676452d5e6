using System.Text;
using ClosedLoop.Delivery.Rendering;

namespace ClosedLoop.Delivery.Products;

/// <summary>
/// Puts every element marked <c>data-product</c> into a block of its own, and takes the mark away. Elements whose end cannot be told lose the mark
/// and stay: see <see cref="Unclosed"/>.
/// </summary>
internal static class ProductMarkup
{
    public const string Mark = "data-product";

    private static readonly HashSet<string> Void = new(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Opaque = new(["style", "script", "title", "textarea", "xmp", "noscript", "iframe"], StringComparer.OrdinalIgnoreCase);

    public static string Wrap(string html)
    {
        if (!html.Contains(Mark, StringComparison.OrdinalIgnoreCase)) return html;
        var edits = new List<(int At, int Length, string Text)>();
        foreach (var element in Elements(html))
        {
            edits.Add((element.MarkStart, element.MarkEnd - element.MarkStart, ""));
            if (!element.IsWhole) continue;
            edits.Add((element.Start, 0, $"{{% {ProductBlock.Tag} %}}"));
            edits.Add((element.End, 0, $"{{% end{ProductBlock.Tag} %}}"));
        }

        var output = new StringBuilder(html.Length + 256);
        var copied = 0;

        // Ends were added after the beginnings before them, so a stable order closes one element before the next opens at the same place.
        foreach (var (at, length, text) in edits.OrderBy(edit => edit.At).ThenBy(edit => edit.Text.Contains(" end", StringComparison.Ordinal) ? 0 : 1))
        {
            output.Append(html, copied, at - copied).Append(text);
            copied = at + length;
        }

        return output.Append(html, copied, html.Length - copied).ToString();
    }

    /// <summary>Offsets of marked elements that cannot be left out: never closed, crossing another one, or with half of a block of the template inside.</summary>
    public static IEnumerable<int> Unclosed(string html) => html.Contains(Mark, StringComparison.OrdinalIgnoreCase)
        ? Elements(html).Where(element => !element.IsWhole).Select(element => element.Start)
        : [];

    private static List<Element> Elements(string html)
    {
        var marked = new List<Element>();
        var open = new Dictionary<string, Stack<Element?>>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while ((at = html.IndexOf('<', at)) >= 0)
        {
            if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0) at = After(html, "-->", at + 4);
            else if (at + 1 < html.Length && char.IsAsciiLetter(html[at + 1])) at = ReadOpening(html, at, open, marked);
            else if (at + 2 < html.Length && html[at + 1] == '/' && char.IsAsciiLetter(html[at + 2])) at = ReadClosing(html, at, open);
            else at++;
        }

        // In the order of the source; an element that begins inside another and ends outside is left as it is.
        var around = new Stack<Element>();
        foreach (var element in marked.Where(element => element.End > 0))
        {
            while (around.TryPeek(out var outer) && outer.End <= element.Start) around.Pop();
            element.IsWhole = LinkMarkup.IsBalanced(html[element.Start..element.End]) && (!around.TryPeek(out var last) || element.End <= last.End);
            if (element.IsWhole) around.Push(element);
        }

        return marked;
    }

    private static int ReadOpening(string html, int at, Dictionary<string, Stack<Element?>> open, List<Element> marked)
    {
        var name = NameAt(html, at + 1);
        var tag = OpeningTag.Read(html, at);
        Element? element = null;
        if (tag.SpanOf(Mark) is { } mark) marked.Add(element = new Element { Start = at, MarkStart = mark.Start, MarkEnd = mark.End });
        if (Void.Contains(name))
        {
            if (element is not null) element.End = tag.End;
            return tag.End;
        }

        if (!open.TryGetValue(name, out var stack)) open.Add(name, stack = new Stack<Element?>());
        stack.Push(element);
        if (!Opaque.Contains(name)) return tag.End;
        var close = html.IndexOf("</" + name, tag.End, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? html.Length : close;
    }

    private static int ReadClosing(string html, int at, Dictionary<string, Stack<Element?>> open)
    {
        var end = After(html, ">", at);
        if (open.TryGetValue(NameAt(html, at + 2), out var stack) && stack.TryPop(out var element) && element is not null) element.End = end;
        return end;
    }

    private static string NameAt(string html, int at)
    {
        var end = at;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || html[end] == '-')) end++;
        return html[at..end];
    }

    private static int After(string html, string text, int from)
    {
        var at = from >= html.Length ? -1 : html.IndexOf(text, from, StringComparison.Ordinal);
        return at < 0 ? html.Length : at + text.Length;
    }

    private sealed class Element
    {
        public int Start { get; init; }

        public int MarkStart { get; init; }

        public int MarkEnd { get; init; }

        /// <summary>After its closing tag; 0 as long as that was not found.</summary>
        public int End { get; set; }

        public bool IsWhole { get; set; }
    }
}

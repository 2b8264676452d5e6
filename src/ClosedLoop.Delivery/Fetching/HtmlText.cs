using System.Text;
using AngleSharp.Dom;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>Cleaned markup as plain text: blocks on lines of their own, addresses behind the links.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "p", "div", "br", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "section", "article", "header", "footer", "center", "dl", "dt", "dd",
    };

    public static string Of(IElement body)
    {
        var text = new StringBuilder();
        var open = new Stack<INode>();
        INode? node = body.FirstChild;
        while (node is not null)
        {
            while (open.Count > 0 && node.Parent != open.Peek()) Leave(open.Pop(), text);
            if (node is IText words)
            {
                Append(text, words.Data);
            }
            else if (node is IElement element)
            {
                if (Blocks.Contains(element.LocalName)) EndLine(text);
                if (element.LocalName == "li") text.Append("- ");
                if (element.LocalName == "img" && element.GetAttribute("alt") is { } alt) Append(text, alt);
                if (element.HasChildNodes) open.Push(element);
            }

            node = HtmlCleaner.Next(node, body);
        }

        while (open.Count > 0) Leave(open.Pop(), text);
        return text.ToString().Trim();
    }

    private static void Leave(INode node, StringBuilder text)
    {
        if (node is not IElement element) return;
        if (element.LocalName == "a" && element.GetAttribute("href") is { } href && !href.StartsWith('#'))
        {
            var isSaid = text.Length >= href.Length && text.ToString(text.Length - href.Length, href.Length) == href;
            if (!isSaid) Append(text, " " + href + " ");
        }
        else if (element.LocalName is "td" or "th")
        {
            Append(text, " ");
        }
        else if (Blocks.Contains(element.LocalName))
        {
            EndLine(text);
        }
    }

    /// <summary>White space of any kind and length is one blank, and none at the beginning of a line.</summary>
    private static void Append(StringBuilder text, string words)
    {
        foreach (var c in words)
        {
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    private static void EndLine(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
    }
}

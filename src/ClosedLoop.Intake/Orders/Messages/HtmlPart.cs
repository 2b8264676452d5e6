using System.Globalization;
using System.Text;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Messages;

/// <summary>The switches of HTML (xml-delivery spec section 9.2) and what its charset lacks.</summary>
internal static class HtmlPart
{
    public static string Prepare(HtmlContent html, string charset)
    {
        var content = html.Content;
        if (html.Prettify) content = content.ReplaceLineEndings("\n");
        if (html.Unescape) content = UnescapePlaceholders(content);
        return charset == "utf-8" ? content : WithReferences(content, charset);
    }

    /// <summary>Editors write <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and quotes inside placeholders as entities.</summary>
    private static string UnescapePlaceholders(string content)
    {
        var output = new StringBuilder(content.Length);
        var copied = 0;

        // A note begins with a bracket that may itself be an entity.
        content = content.Replace("&lt;{", "<{", StringComparison.Ordinal).Replace("}&gt;", "}>", StringComparison.Ordinal);
        foreach (var found in Placeholder.Find(content))
        {
            if (found.At < copied || found.Inner.Length == 0) continue;
            output.Append(content, copied, found.At + 2 - copied)
                .Append(found.Inner.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal));
            copied = found.At + 2 + found.Inner.Length;
        }

        return output.Append(content, copied, content.Length - copied).ToString();
    }

    /// <summary>A character that the charset does not have is written as a numeric reference.</summary>
    public static string WithReferences(string content, string charset)
    {
        var output = new StringBuilder(content.Length);
        while (OrderCharset.FirstMissing(charset, content) is { } at)
        {
            var rune = Rune.GetRuneAt(content, at);
            output.Append(content, 0, at).Append(CultureInfo.InvariantCulture, $"&#{rune.Value};");
            content = content[(at + rune.Utf16SequenceLength)..];
        }

        return output.Append(content).ToString();
    }
}

using System.Text;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters on markup.</summary>
internal static class HtmlFilters
{
    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("escape", 0, 0, Escape) { MakesMarkup = true },
        new("h", 0, 0, Escape) { MakesMarkup = true },
        new("escape_once", 0, 0, EscapeOnce) { MakesMarkup = true },
        new("strip_html", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => LiquidValue.FromString(MarkupStripper.Strip(input.ToText()))),
        new("strip_newlines", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => LiquidValue.FromString(ReplaceNewlines(input.ToText(), ""))),
        new("newline_to_br", 0, 0, NewlineToBr),
    ];

    private static LiquidValue Escape(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        if (input.IsNil)
        {
            return input;
        }

        var text = input.ToText();
        if (!text.AsSpan().ContainsAny(EscapeUtf8Filter.SpecialCharacters))
        {
            return LiquidValue.FromMarkup(text);
        }

        context.Budget.CheckText(text.Length);
        var result = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            AppendEscaped(result, c);
        }

        return LiquidValue.FromMarkup(result.ToString());
    }

    private static LiquidValue EscapeOnce(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var text = input.ToText();
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '&' && IsEntity(text.AsSpan(i + 1)))
            {
                result.Append('&');
            }
            else
            {
                AppendEscaped(result, text[i]);
            }
        }

        return LiquidValue.FromMarkup(result.ToString());
    }

    /// <summary>Letters or '#' and digits, then ';'.</summary>
    private static bool IsEntity(ReadOnlySpan<char> rest)
    {
        var isNumber = rest.Length > 0 && rest[0] == '#';
        var body = isNumber ? rest[1..] : rest;
        var length = isNumber ? body.IndexOfAnyExceptInRange('0', '9') : IndexOfNonLetter(body);
        return length > 0 && body[length] == ';';
    }

    private static int IndexOfNonLetter(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetter(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static void AppendEscaped(StringBuilder result, char c)
    {
        switch (c)
        {
            case '&':
                result.Append("&amp;");
                break;
            case '<':
                result.Append("&lt;");
                break;
            case '>':
                result.Append("&gt;");
                break;
            case '"':
                result.Append("&quot;");
                break;
            case '\'':
                result.Append("&#39;");
                break;
            default:
                result.Append(c);
                break;
        }
    }

    private static LiquidValue NewlineToBr(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var text = input.ToText();
        context.Budget.CheckText(text.Length + (6L * text.AsSpan().Count('\n')));
        return LiquidValue.FromString(ReplaceNewlines(text, "<br />\n"));
    }

    private static string ReplaceNewlines(string text, string replacement) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", replacement, StringComparison.Ordinal);
}

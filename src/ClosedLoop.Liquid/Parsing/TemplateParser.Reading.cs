using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Escaping;
using ClosedLoop.Liquid.Expressions;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Name and markup of a tag; an unclosed tag is an error, one without a name has an empty name.</summary>
    private Tag ReadTag(Piece piece)
    {
        var tag = SplitTag(piece);
        if (piece.IsDelimited && (piece.Text.Length < 4 || !piece.Text.EndsWith("%}", StringComparison.Ordinal)))
        {
            throw Error(LiquidErrorCode.UnclosedTag, "a tag that is never closed", "'%}'", piece.Position);
        }

        return tag;
    }

    private static Tag SplitTag(Piece piece)
    {
        var text = piece.Text;
        var start = 0;
        var end = text.Length;
        if (piece.IsDelimited)
        {
            start = Math.Min(2, end);
            end = Math.Max(start, end - 2);
            if (start < end && text[start] == '-')
            {
                start++;
            }

            if (end > start && text[end - 1] == '-')
            {
                end--;
            }
        }

        while (start < end && text[start] is ' ' or '\t' or '\n' or '\v' or '\f' or '\r')
        {
            start++;
        }

        var name = start;
        while (name < end && IsWord(text[name]))
        {
            name++;
        }

        if (name == start && name < end && text[name] == '#')
        {
            name++;
        }

        var markup = name;
        while (markup < end && text[markup] is ' ' or '\t' or '\n' or '\v' or '\f' or '\r')
        {
            markup++;
        }

        return new Tag(text[start..name], new Markup(text[markup..end], piece.Position + markup), piece.Position + start);
    }

    private Node ParseOutput(Piece piece)
    {
        var text = piece.Text;
        if (text.Length < 4 || !text.EndsWith("}}", StringComparison.Ordinal))
        {
            throw Error(LiquidErrorCode.UnclosedTag, "an output that is never closed", "'}}'", piece.Position);
        }

        var start = text[2] == '-' ? 3 : 2;
        var end = text[^3] == '-' ? text.Length - 3 : text.Length - 2;
        var markup = new Markup(end > start ? text[start..end] : "", piece.Position + start);
        return MakeOutput(markup);
    }

    private Node MakeOutput(Markup markup)
    {
        var expression = ParseFiltered(markup, out var isMarkup);
        if (EscapesByPlace && expression is not FilterExpression { Filter.Name: "raw" })
        {
            return new PlaceOutputNode(expression, isMarkup, markup.Position);
        }

        return new OutputNode(expression, EscapesHtml && !isMarkup);
    }

    private void ParseLiquid(Tag tag, Body body)
    {
        var outer = _tokens;
        _tokens = new LineTokens(tag.Markup);
        if (++_depth > _unit.Options.Limits.MaxNesting)
        {
            throw Error(LiquidErrorCode.NestingTooDeep, "blocks nested too deeply", $"at most {_unit.Options.Limits.MaxNesting} levels", tag.Position);
        }

        while (_tokens.TryNext(out var piece))
        {
            var inner = SplitTag(piece);
            if (!TryParseTag(inner, body))
            {
                throw UnknownTag(inner);
            }
        }

        _depth--;
        _tokens = outer;
    }
}

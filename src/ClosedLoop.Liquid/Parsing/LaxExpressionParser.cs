using ClosedLoop.Liquid.Expressions;

namespace ClosedLoop.Liquid.Parsing;

/// <summary>Reads a value out of a fragment that a pattern found. What the grammar understands is read by it; the rest as names between dots.</summary>
internal sealed class LaxExpressionParser(SourceText source, ExpressionParser grammar)
{
    public Expression Parse(Markup fragment, bool literals = false)
    {
        try
        {
            var reader = new MarkupReader(source, fragment);
            var expression = grammar.Parse(reader, literals);
            if (reader.Look(MarkupKind.End))
            {
                return expression;
            }
        }
        catch (LiquidParseException e) when (e.Code == LiquidErrorCode.Syntax)
        {
            // Read below, as names.
        }

        return ParseNames(fragment);
    }

    private Expression ParseNames(Markup fragment)
    {
        var parts = LaxMarkup.Segment.Matches(fragment.Text);
        if (parts.Count == 0)
        {
            return ConstantExpression.Nil;
        }

        if (parts.Count == 1 && parts[0].Length == fragment.Text.Length && fragment.Text.All(char.IsAsciiDigit))
        {
            return new ConstantExpression(ExpressionParser.ParseNumber(fragment.Text));
        }

        var segments = new PathSegment[parts.Count - 1];
        for (var i = 0; i < segments.Length; i++)
        {
            var text = parts[i + 1].Value;
            segments[i] = fragment.Text[parts[i + 1].Index - 1] == '[' && text.All(char.IsAsciiDigit)
                ? new PathSegment(null, new ConstantExpression(ExpressionParser.ParseNumber(text)))
                : new PathSegment(text, null);
        }

        return grammar.MakeVariable(parts[0].Value, segments, fragment.Position);
    }
}

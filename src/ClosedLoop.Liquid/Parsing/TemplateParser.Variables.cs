using System.Text;
using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Escaping;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private AssignNode ParseAssign(Tag tag)
    {
        var match = LaxMarkup.Assign.Match(tag.Markup.Text);
        if (!match.Success)
        {
            throw Error(LiquidErrorCode.Syntax, $"'{tag.Markup.Text}' after 'assign'", "'NAME = VALUE'", tag.Markup.Position);
        }

        var value = ParseFiltered(tag.Markup.Slice(match.Groups[2].Index, match.Groups[2].Length), out _);
        return new AssignNode(Written(match.Groups[1].Value), value);
    }

    private CaptureNode ParseCapture(Tag tag)
    {
        var match = LaxMarkup.Capture.Match(tag.Markup.Text);
        if (!match.Success)
        {
            throw Error(LiquidErrorCode.Syntax, $"'{tag.Markup.Text}' after 'capture'", "a name", tag.Markup.Position);
        }

        var id = Written(match.Groups[1].Value);
        return new CaptureNode(id, BlockNode.Create(ParseBlock(tag).Nodes), EscapesHtml);
    }

    private Node ParseEcho(Tag tag) => MakeOutput(tag.Markup);

    private CounterNode ParseCounter(Tag tag, bool isIncrement)
    {
        var name = tag.Markup.Text.Trim();
        Written(name);
        return new CounterNode(name, isIncrement);
    }

    private CycleNode ParseCycle(Tag tag)
    {
        var named = LaxMarkup.NamedCycle.Match(tag.Markup.Text);
        if (named.Success)
        {
            var group = _lax.Parse(tag.Markup.Slice(named.Groups[1].Index, named.Groups[1].Length));
            return MakeCycle(group, ParseCycleValues(tag.Markup.Slice(named.Groups[2].Index, named.Groups[2].Length)));
        }

        if (!LaxMarkup.Any.IsMatch(tag.Markup.Text))
        {
            throw Error(LiquidErrorCode.Syntax, "'cycle' without values", "values separated by commas", tag.Markup.Position);
        }

        var values = ParseCycleValues(tag.Markup);

        // Cycles of the same literals are one cycle; one with a variable in it is its own.
        var isLiteral = Array.TrueForAll(values, v => v is ConstantExpression);
        var key = isLiteral
            ? Inspector.Inspect(LiquidValue.FromArray(Array.ConvertAll(values, v => ((ConstantExpression)v).Value)))
            : FormattableString.Invariant($"{_source.Name}:{tag.Position}");
        return MakeCycle(new ConstantExpression(LiquidValue.FromString(key)), values);
    }

    private CycleNode MakeCycle(Expression group, Expression[] values)
    {
        var literals = Array.ConvertAll(values, v => v is ConstantExpression literal ? Encoding.UTF8.GetBytes(literal.Value.ToText()) : null);
        return new CycleNode(group, values, literals) { Place = EscapesHtml ? OutputPlace.Text : null };
    }

    private Expression[] ParseCycleValues(Markup markup)
    {
        var values = new List<Expression>();
        var start = 0;
        while (start <= markup.Text.Length)
        {
            var comma = markup.Text.IndexOf(',', start);
            var end = comma < 0 ? markup.Text.Length : comma;
            var match = LaxMarkup.Any.Match(markup.Text[start..end]);
            if (match.Success && _lax.Parse(markup.Slice(start + match.Index, match.Length)) is { } value
                && value is not ConstantExpression { Value.IsNil: true })
            {
                // The reference implementation drops a literal nil, so the cycle has one value less.
                values.Add(value);
            }

            start = end + 1;
        }

        return [.. values];
    }

    private int Written(string name)
    {
        var id = _unit.Names.GetId(name);
        _unit.MarkWritten(id);
        return id;
    }
}

using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Conditions;
using ClosedLoop.Liquid.Expressions;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private (Node Node, bool IsBlank) ParseIf(Tag tag, bool isUnless)
    {
        var conditions = new List<Condition>();
        var bodies = new List<Body>();
        var first = ParseCondition(tag.Markup);
        conditions.Add(isUnless ? new NotCondition(first) : first);
        while (true)
        {
            var body = ParseBody();
            bodies.Add(body);
            switch (body.End?.Name)
            {
                case "elsif":
                    conditions.Add(ParseCondition(body.End.Markup));
                    continue;
                case "else":
                    conditions.Add(ConstantCondition.True);
                    continue;
            }

            ExpectEnd(tag, body.End);
            break;
        }

        var isBlank = bodies.TrueForAll(b => b.IsBlank);
        var branches = conditions.Select((c, i) => new IfBranch(c, BlockNode.Create(isBlank ? bodies[i].NodesWithoutText : bodies[i].Nodes)));
        return (new IfNode([.. branches]), isBlank);
    }

    private Condition ParseCondition(Markup markup)
    {
        var reader = new MarkupReader(_source, markup);
        var condition = ParseLogical(reader, 0);
        reader.ConsumeEnd("an operator, 'and', 'or' or the end of the tag");
        return condition;
    }

    private Condition ParseLogical(MarkupReader reader, int depth)
    {
        if (depth > _unit.Options.Limits.MaxNesting)
        {
            throw Error(LiquidErrorCode.NestingTooDeep, "too many conditions in one tag", $"at most {_unit.Options.Limits.MaxNesting}", reader.Current.Position);
        }

        var left = ParseComparison(reader);
        if (reader.LookName("and") || reader.LookName("or"))
        {
            var isAnd = reader.Take().Text == "and";
            return new LogicalCondition(left, isAnd, ParseLogical(reader, depth + 1));
        }

        return left;
    }

    private Condition ParseComparison(MarkupReader reader)
    {
        var left = _expressions.Parse(reader, literals: true);
        if (!reader.Look(MarkupKind.Comparison))
        {
            return new TruthCondition(left);
        }

        var sign = reader.Take();
        var comparison = sign.Text switch
        {
            "==" => ComparisonOperator.Equal,
            "!=" or "<>" => ComparisonOperator.NotEqual,
            "<" => ComparisonOperator.Less,
            "<=" => ComparisonOperator.LessOrEqual,
            ">" => ComparisonOperator.Greater,
            ">=" => ComparisonOperator.GreaterOrEqual,
            _ => ComparisonOperator.Contains,
        };
        return new ComparisonCondition(left, comparison, _expressions.Parse(reader, literals: true), sign.Position);
    }

    private (Node Node, bool IsBlank) ParseCase(Tag tag)
    {
        var fragment = LaxMarkup.Any.Match(tag.Markup.Text);
        if (!fragment.Success)
        {
            throw Error(LiquidErrorCode.Syntax, "'case' without a value", "a value to compare", tag.Markup.Position);
        }

        var subject = _lax.Parse(tag.Markup.Slice(fragment.Index, fragment.Length));
        var heads = new List<Expression?[]>();
        var lead = ParseBody();
        var bodies = new List<Body>();
        var end = lead.End;
        while (end?.Name is "when" or "else")
        {
            heads.Add(end.Name == "when" ? ParseWhen(end) : [CheckElse(end)]);
            bodies.Add(ParseBody());
            end = bodies[^1].End;
        }

        ExpectEnd(tag, end);
        var isBlank = lead.IsBlank && bodies.TrueForAll(b => b.IsBlank);
        var branches = new List<CaseBranch>();
        for (var i = 0; i < bodies.Count; i++)
        {
            var body = BlockNode.Create(isBlank ? bodies[i].NodesWithoutText : bodies[i].Nodes);
            branches.AddRange(heads[i].Select(value => new CaseBranch(value, body)));
        }

        return (new CaseNode(subject, [.. branches], isBlank), isBlank);
    }

    private Expression? CheckElse(Tag tag) => Whitespace.IsBlank(tag.Markup.Text)
        ? null
        : throw Error(LiquidErrorCode.Syntax, $"'{tag.Markup.Text}' after 'else' in 'case'", "nothing", tag.Markup.Position);

    private Expression?[] ParseWhen(Tag tag)
    {
        var values = new List<Expression?>();
        var markup = tag.Markup;
        while (true)
        {
            var match = LaxMarkup.When.Match(markup.Text);
            if (!match.Success)
            {
                throw Error(LiquidErrorCode.Syntax, "'when' without a value", "one or more values, separated by 'or' or ','", markup.Position);
            }

            values.Add(_lax.Parse(markup.Slice(match.Groups[1].Index, match.Groups[1].Length), literals: true));
            if (!match.Groups[2].Success)
            {
                var rest = markup.Slice(match.Index + match.Length, markup.Text.Length - match.Index - match.Length);
                if (_unit.Options.Mode == LiquidMode.Strict && !Whitespace.IsBlank(rest.Text))
                {
                    throw Error(LiquidErrorCode.Syntax, $"'{rest.Text.Trim()}' after a value of 'when'", "'or', ',' or the end of the tag", rest.Position);
                }

                return [.. values];
            }

            markup = markup.Slice(match.Groups[2].Index, match.Groups[2].Length);
        }
    }
}

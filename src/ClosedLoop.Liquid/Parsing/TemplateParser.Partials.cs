using System.Text.RegularExpressions;
using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private IncludeNode ParseInclude(Tag tag)
    {
        var match = LaxMarkup.Partial.Match(tag.Markup.Text);
        if (!match.Success)
        {
            throw Error(LiquidErrorCode.Syntax, "'include' without a name", "the name of a partial", tag.Markup.Position);
        }

        var header = ParsePartialHeader(tag, match);
        foreach (var (name, _) in header.Arguments)
        {
            Written(name);
        }

        if (header.Name is ConstantExpression { Value.Kind: LiquidKind.String } constant)
        {
            Written(header.VariableName(constant.Value.String));
            ReadAhead(constant.Value.String);
        }
        else
        {
            _unit.HasDynamicInclude = true;
        }

        return new IncludeNode(header);
    }

    private RenderNode ParseRender(Tag tag)
    {
        var match = LaxMarkup.QuotedPartial.Match(tag.Markup.Text);
        if (!match.Success)
        {
            throw Error(LiquidErrorCode.Syntax, $"'{tag.Markup.Text}' after 'render'", "the name of a partial in quotes", tag.Markup.Position);
        }

        var header = ParsePartialHeader(tag, match);
        var name = match.Groups["name"].Value[1..^1];
        foreach (var (argument, _) in header.Arguments)
        {
            MarkPartialVariable(argument);
        }

        MarkPartialVariable(header.VariableName(name));
        ReadAhead(name);
        return new RenderNode(header, name);
    }

    private PartialHeader ParsePartialHeader(Tag tag, Match match)
    {
        var name = match.Groups["name"];
        var value = match.Groups["value"];
        var alias = match.Groups["alias"];
        return new PartialHeader
        {
            Name = _lax.Parse(tag.Markup.Slice(name.Index, name.Length)),
            Bound = value.Success ? _lax.Parse(tag.Markup.Slice(value.Index, value.Length)) : null,
            IsFor = match.Groups["how"].Value == "for",
            Alias = alias.Success ? alias.Value : null,
            Arguments = [.. ParseAttributes(tag.Markup)],
            Position = tag.Position,
        };
    }

    /// <summary>Inside a partial the name is a variable of its own, not a column.</summary>
    private void MarkPartialVariable(string name) => _unit.MarkLoopVariable(_unit.Names.GetId(name));

    /// <summary>
    /// An included partial may write variables of this template, so it has to be known before names are taken for columns.
    /// A fault in it is reported when it is reached, as the reference implementation does; the strict mode reports it now.
    /// </summary>
    private void ReadAhead(string name)
    {
        try
        {
            _unit.HasDynamicInclude |= !_unit.TryReadAhead(name);
        }
        catch (LiquidParseException) when (_unit.Options.Mode == LiquidMode.Lax)
        {
            _unit.HasDynamicInclude = true;
        }
    }
}

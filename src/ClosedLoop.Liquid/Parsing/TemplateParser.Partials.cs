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
            ReadAhead(constant.Value.String, tag.Position);
        }
        else
        {
            _unit.HasDynamicInclude = true;
            if (_unit.Options is { RequirePartials: true, PartialLoader: null })
            {
                throw NoPartial("'include'", tag.Position);
            }
        }

        return new IncludeNode(header, body: null);
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
        ReadAhead(name, tag.Position);
        return new RenderNode(header, name, body: null);
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
    /// A fault in it is reported when it is reached, as the reference implementation does; the strict mode reports it now, and so
    /// does who requires partials.
    /// </summary>
    private void ReadAhead(string name, int position)
    {
        try
        {
            if (!_unit.MayReadAhead)
            {
                _unit.HasDynamicInclude = true;
            }
            else if (_unit.TryLoadPartial(name) is null)
            {
                _unit.HasDynamicInclude = true;
                if (_unit.Options.RequirePartials)
                {
                    throw NoPartial($"the partial '{name}'", position);
                }
            }
        }
        catch (LiquidParseException) when (_unit.Options is { Mode: LiquidMode.Lax, RequirePartials: false })
        {
            _unit.HasDynamicInclude = true;
        }
    }

    private LiquidParseException NoPartial(string found, int position) => Error(
        LiquidErrorCode.PartialNotFound,
        $"{found}, which cannot be found",
        _unit.Options.PartialLoader is null ? "a template without partials: there is nowhere to load them from" : "the name of a partial the loader knows",
        position);
}

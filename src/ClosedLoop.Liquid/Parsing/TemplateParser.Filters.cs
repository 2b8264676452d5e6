using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    /// <summary>A value and its filters, as in an output or behind <c>assign x =</c>.</summary>
    /// <param name="markup">What to read; nothing but blanks is nil.</param>
    /// <param name="isMarkup">The last filter gives text that needs no escaping.</param>
    private Expression ParseFiltered(Markup markup, out bool isMarkup)
    {
        isMarkup = false;
        var reader = new MarkupReader(_source, markup);
        if (reader.Look(MarkupKind.End))
        {
            return ConstantExpression.Nil;
        }

        var expression = _expressions.Parse(reader);
        var count = 0;
        while (reader.TryTake(MarkupKind.Pipe))
        {
            var name = reader.Consume(MarkupKind.Identifier, "the name of a filter after '|'");
            var arguments = reader.TryTake(MarkupKind.Colon) ? ParseArguments(reader) : [];
            if (++count > _unit.Options.Limits.MaxNesting)
            {
                throw Error(LiquidErrorCode.NestingTooDeep, "too many filters on one value", $"at most {_unit.Options.Limits.MaxNesting}", name.Position);
            }

            expression = MakeFilter(expression, name, arguments, out isMarkup);
        }

        reader.ConsumeEnd("'|' and a filter, or the end of the tag");
        return expression;
    }

    private Expression[] ParseArguments(MarkupReader reader)
    {
        var positional = new List<Expression>();
        List<KeyValuePair<string, Expression>>? keywords = null;
        do
        {
            if (reader.Look(MarkupKind.Identifier) && reader.Look(MarkupKind.Colon, 1))
            {
                var key = reader.Take().Text;
                reader.Take();
                (keywords ??= []).Add(KeyValuePair.Create(key, _expressions.Parse(reader)));
            }
            else
            {
                positional.Add(_expressions.Parse(reader));
            }
        }
        while (reader.TryTake(MarkupKind.Comma));

        if (keywords is not null)
        {
            positional.Add(new KeywordExpression([.. keywords]));
        }

        return [.. positional];
    }

    private Expression MakeFilter(Expression input, MarkupToken name, Expression[] arguments, out bool isMarkup)
    {
        var isStrict = _unit.Options.Mode == LiquidMode.Strict;
        if (!FilterRegistry.TryGet(name.Text, out var filter) && !CatalogueFilters.TryTake(name.Text, _unit, out filter))
        {
            isMarkup = false;
            if (!isStrict)
            {
                _unit.Report(LiquidWarning.At(
                    LiquidWarningCode.UnknownFilter, $"unknown filter '{name.Text}'", NameSuggestion.Of(name.Text, _unit.Options.Catalogue is null ? FilterRegistry.Names : FilterRegistry.Names.Concat(CatalogueFilters.Names)) ?? "a filter of the language", _source, name.Position));
            }

            return isStrict
                ? throw Error(LiquidErrorCode.UnknownFilter, $"unknown filter '{name.Text}'", "a filter of the language", name.Position)
                : input;
        }

        if (isStrict && (arguments.Length < filter.MinArguments || arguments.Length > filter.MaxArguments))
        {
            throw Error(
                LiquidErrorCode.ArgumentCount, $"the filter '{filter.Name}' with {arguments.Length} arguments", filter.DescribeArguments(), name.Position);
        }

        if (_unit.UsesCatalogue && filter.Name is "product" or "recommendation") CatalogueFilters.CheckColumn(arguments, _source, _unit, name.Position);
        isMarkup = filter.MakesMarkup;
        return new FilterExpression(input, filter, arguments, name.Position);
    }
}

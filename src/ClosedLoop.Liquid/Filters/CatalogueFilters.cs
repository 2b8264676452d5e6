using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters over the host's product data; they exist only where there is a catalogue.</summary>
internal static class CatalogueFilters
{
    private static readonly FrozenDictionary<string, FilterDefinition> Filters = new FilterDefinition[]
    {
        new("product", 1, 2, (context, in input, arguments) => Find(context, input, arguments, isRecommendation: false)) { IsPure = false },
        new("recommendation", 1, 2, (context, in input, arguments) => Find(context, input, arguments, isRecommendation: true)) { IsPure = false },
        new("products", 0, 0, (context, in input, _) => List(context, input, areRecommendations: false)) { IsPure = false },
        new("recommendations", 0, 0, (context, in input, _) => List(context, input, areRecommendations: true)) { IsPure = false },
    }.ToFrozenDictionary(filter => filter.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Filters.Keys;

    /// <summary>The filter of that name; its use is noted.</summary>
    public static bool TryTake(string name, TemplateUnit unit, [NotNullWhen(true)] out FilterDefinition? filter)
    {
        filter = null;
        if (unit.Options.Catalogue is null || !Filters.TryGetValue(name, out filter)) return false;
        unit.UsesCatalogue = true;
        return true;
    }

    /// <summary>Reports a column that no product can have.</summary>
    public static void CheckColumn(Expression[] arguments, SourceText source, TemplateUnit unit, int position)
    {
        if (arguments is not [ConstantExpression { Value.Kind: LiquidKind.String } constant, ..]) return;
        var column = constant.Value.ToText();
        if (unit.Options.Catalogue is not { } catalogue || catalogue.HasColumn(column)) return;
        var suggestion = NameSuggestion.Of(column, catalogue.Columns) ?? "a column of the products file";
        unit.Report(LiquidWarning.At(LiquidWarningCode.UnknownProductColumn, $"unknown product column '{column}'", suggestion, source, position));
    }

    private static LiquidValue Find(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments, bool isRecommendation)
    {
        var number = arguments.Length > 1 ? ArgumentReader.ToInteger(context, arguments[1], nilAs: 1) : 1;
        var query = new LiquidCatalogueQuery(Ids(input), (int)Math.Clamp(number, 0, int.MaxValue), arguments[0].ToText(), isRecommendation);
        try
        {
            return context.Unit.Options.Catalogue!.Find(query, context.Row, context.State) is { } value ? LiquidValue.FromString(value) : LiquidValue.Nil;
        }
        catch (LiquidCatalogueException e)
        {
            throw context.Error(LiquidErrorCode.MissingProduct, e.Message);
        }
    }

    private static LiquidValue List(RenderContext context, in LiquidValue input, bool areRecommendations)
    {
        try
        {
            var found = context.Unit.Options.Catalogue!.List(Ids(input), areRecommendations, context.Row, context.State);
            var values = new LiquidValue[found.Count];
            for (var i = 0; i < values.Length; i++) values[i] = LiquidValue.FromHash(found[i].Root);
            return LiquidValue.FromArray(values);
        }
        catch (LiquidCatalogueException e)
        {
            throw context.Error(LiquidErrorCode.MissingProduct, e.Message);
        }
    }

    private static string Ids(in LiquidValue input) =>
        input.Kind == LiquidKind.Array ? string.Join(',', input.Array.Select(id => id.ToText())) : input.ToText();
}

using System.Diagnostics.CodeAnalysis;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters;

namespace ClosedLoop.Liquid.Dialects.Odr;

/// <summary>The names a function may use: columns below <c>user.data</c>, and the variables it has set.</summary>
internal sealed class OdrScope(SourceText source, TemplateUnit unit)
{
    private const string Columns = "user.data.";
    private readonly Dictionary<string, int> _variables = new(StringComparer.Ordinal);

    /// <summary>Takes up a variable. Its number is that of a name no template can write, so functions do not see each other's.</summary>
    public int Declare(string name)
    {
        if (!_variables.TryGetValue(name, out var id))
        {
            id = unit.Names.GetId(InnerName(name));
            unit.MarkWritten(id);
            _variables.Add(name, id);
        }

        return id;
    }

    public Expression Find(string name, int position)
    {
        if (_variables.TryGetValue(name, out var id)) return new VariableExpression(InnerName(name), id, [], position);
        if (name.StartsWith(Columns, StringComparison.Ordinal) && unit.Options.Schema is { } schema)
        {
            var column = name[Columns.Length..];
            if (schema.TryGetSlot(column, out var slot)) return new VariableExpression(slot.Path, unit.Names.GetId(slot.Path), [], position);
            if (schema.TryGetGlobal(column, out var global)) return new VariableExpression(global, unit.Names.GetId(global), [], position);
            throw Error(LiquidErrorCode.UnknownVariable, $"unknown column '{name}'", NameSuggestion.For(column, schema), position);
        }

        throw Error(LiquidErrorCode.UnknownVariable, $"unknown name '{name}'", "user.data and a column, or a variable set before", position);
    }

    /// <summary>The look into the catalogue, if there is one.</summary>
    public bool TryTakeProducts(string function, [NotNullWhen(true)] out FilterDefinition? filter) => CatalogueFilters.TryTake(function, unit, out filter);

    public void CheckColumn(Expression[] arguments, int position) => CatalogueFilters.CheckColumn(arguments, source, unit, position);

    public LiquidParseException Error(string code, string problem, string expected, int position) => new(code, problem, expected, source, position);

    private string InnerName(string name) => $"{source.Name}:{name}";
}

using System.Globalization;
using System.Text.RegularExpressions;
using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Dialects;

/// <summary><c>{product:field#n:column}</c> and <c>{recommendation:field#n:column}</c> (closed-loop spec section 9).</summary>
internal sealed partial class CampaignParser
{
    /// <summary><c>product</c> or <c>recommendation</c> when a placeholder begins with it and a colon.</summary>
    private static string? ProductWord(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var word = colon < 0 ? "" : name[..colon].Trim().ToLowerInvariant();
        return word is "product" or "recommendation" ? word : null;
    }

    private bool TryReadProduct(string word, string name, int at, List<Node> nodes)
    {
        var match = Product().Match(name);
        if (!CatalogueFilters.TryTake(word, Unit, out var filter))
        {
            throw Error(LiquidErrorCode.NotInDialect, $"the placeholder '{{{name}}}'", "no product data: there is no catalogue to look it up in", at);
        }

        if (!match.Success)
        {
            Unknown(name, $"{{{filter.Name}:FIELD:COLUMN}} or {{{filter.Name}:FIELD#2:COLUMN}}", at);
            return false;
        }

        var field = match.Groups["field"].Value.Trim();
        if (!TryResolve(field, at, out var ids))
        {
            Unknown(name, Suggest(field), at);
            return false;
        }

        var number = match.Groups["number"] is { Success: true, Value: var digits } ? long.Parse(digits, CultureInfo.InvariantCulture) : 1;
        Expression[] arguments = [new ConstantExpression(LiquidValue.FromString(match.Groups["column"].Value.Trim())), new ConstantExpression(LiquidValue.FromInteger(number))];
        CatalogueFilters.CheckColumn(arguments, Source, Unit, at);
        nodes.Add(MakeOutput(new FilterExpression(ids, filter, arguments, at), at));
        return true;
    }

    [GeneratedRegex(@"^\w+\s*:(?<field>[^:#]+)(?:#\s*(?<number>[1-9][0-9]{0,3})\s*)?:(?<column>[^:#]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Product();
}

using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>The keyword arguments of a filter, which arrive as a hash after the others.</summary>
internal sealed class KeywordExpression(KeyValuePair<string, Expression>[] entries) : Expression
{
    public override LiquidValue Evaluate(RenderContext context)
    {
        var hash = new LiquidHash();
        foreach (var (key, value) in entries)
        {
            hash[key] = value.Evaluate(context);
        }

        return LiquidValue.FromHash(hash);
    }

    public override Expression Bind(BindContext context)
    {
        var bound = Array.ConvertAll(entries, e => KeyValuePair.Create(e.Key, e.Value.Bind(context)));
        var result = new KeywordExpression(bound);
        return Array.TrueForAll(bound, e => e.Value is ConstantExpression) ? context.TryFold(result) : result;
    }
}

using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Dialects.Odr;

/// <summary>Texts and expressions joined, as in <c>value="Dear %{name}"</c>.</summary>
internal sealed class OdrText(Expression[] parts) : Expression
{
    public override LiquidValue Evaluate(RenderContext context)
    {
        var text = string.Concat(parts.Select(part => part.Evaluate(context).ToText()));
        context.Budget.CheckText(text.Length);
        return LiquidValue.FromString(text);
    }

    public override Expression Bind(BindContext context) => new OdrText(Array.ConvertAll(parts, part => part.Bind(context)));
}

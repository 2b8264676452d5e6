using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>Something that has a value during a render.</summary>
internal abstract class Expression
{
    public abstract LiquidValue Evaluate(RenderContext context);

    /// <summary>The same expression with everything resolved that is known before rendering.</summary>
    public virtual Expression Bind(BindContext context) => this;
}

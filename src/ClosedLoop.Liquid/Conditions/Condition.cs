using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Conditions;

/// <summary>Something that holds or does not.</summary>
internal abstract class Condition
{
    public abstract bool Evaluate(RenderContext context);

    /// <summary>The columns suffice, so <see cref="TryEvaluate"/> has an answer.</summary>
    public virtual bool NeedsOnlyRow => false;

    /// <summary>The same from the columns alone; null when the condition needs more than them.</summary>
    public virtual bool? TryEvaluate(LiquidRow row) => null;

    /// <summary>The same condition with everything resolved that is known before rendering.</summary>
    public abstract Condition Bind(BindContext context);
}

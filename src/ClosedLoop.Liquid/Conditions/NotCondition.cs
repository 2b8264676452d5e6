using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Conditions;

/// <summary>The condition of <c>unless</c>.</summary>
internal sealed class NotCondition(Condition condition) : Condition
{
    public override bool Evaluate(RenderContext context) => !condition.Evaluate(context);

    public override bool NeedsOnlyRow => condition.NeedsOnlyRow;

    public override bool? TryEvaluate(LiquidRow row) => !condition.TryEvaluate(row);

    public override Condition Bind(BindContext context)
    {
        var bound = condition.Bind(context);
        return bound is ConstantCondition constant ? ConstantCondition.Of(!constant.Value) : new NotCondition(bound);
    }
}

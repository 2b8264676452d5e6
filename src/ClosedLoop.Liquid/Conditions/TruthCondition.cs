using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Conditions;

/// <summary>A value on its own: anything but nil and false.</summary>
internal sealed class TruthCondition(Expression expression) : Condition
{
    public override bool Evaluate(RenderContext context) => expression.Evaluate(context).IsTruthy;

    public override bool NeedsOnlyRow => expression is SlotExpression { Slot.Type: not LiquidSlotType.Boolean };

    public override bool? TryEvaluate(LiquidRow row) =>
        expression is SlotExpression { Slot: { Type: not LiquidSlotType.Boolean } slot } ? !row.IsNull(slot.Index) : null;

    public override Condition Bind(BindContext context)
    {
        var bound = expression.Bind(context);
        return bound is ConstantExpression constant ? ConstantCondition.Of(constant.Value.IsTruthy) : new TruthCondition(bound);
    }
}

using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Conditions;

/// <summary>Two values and an operator.</summary>
internal sealed class ComparisonCondition(Expression left, ComparisonOperator comparison, Expression right, int position) : Condition
{
    public override bool Evaluate(RenderContext context)
    {
        var a = left.Evaluate(context);
        var b = right.Evaluate(context);
        switch (comparison)
        {
            case ComparisonOperator.Equal:
                return Comparer.AreEqual(a, b);
            case ComparisonOperator.NotEqual:
                return !Comparer.AreEqual(a, b);
            case ComparisonOperator.Contains:
                return Comparer.Contains(a, b);
            default:
                context.Position = position;
                return Comparer.IsOrdered(context, a, b, comparison);
        }
    }

    public override Condition Bind(BindContext context)
    {
        var a = left.Bind(context);
        var b = right.Bind(context);
        if (comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual)
        {
            if (a is ConstantExpression x && b is ConstantExpression y)
            {
                return ConstantCondition.Of(Comparer.AreEqual(x.Value, y.Value) == (comparison == ComparisonOperator.Equal));
            }

            if (a is SlotExpression { Slot.Type: LiquidSlotType.String } slot && b is ConstantExpression { Value.Kind: LiquidKind.String } text)
            {
                return new SlotEqualsCondition(slot, text.Value.String, comparison == ComparisonOperator.Equal);
            }
        }

        if (comparison == ComparisonOperator.Contains && a is ConstantExpression c && b is ConstantExpression d)
        {
            return ConstantCondition.Of(Comparer.Contains(c.Value, d.Value));
        }

        var bound = new ComparisonCondition(a, comparison, b, position);
        if (a is ConstantExpression { Value: { IsNumber: true } m } && b is ConstantExpression { Value: { IsNumber: true } n })
        {
            var order = NumberOrder.Compare(m, n);
            return ConstantCondition.Of(Comparer.Satisfies(order, comparison));
        }

        return bound;
    }
}

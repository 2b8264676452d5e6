using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Conditions;

/// <summary><c>and</c>/<c>or</c>. Both bind to the right with equal strength: <c>a and b or c</c> is <c>a and (b or c)</c>.</summary>
internal sealed class LogicalCondition(Condition left, bool isAnd, Condition right) : Condition
{
    public override bool Evaluate(RenderContext context) =>
        isAnd ? left.Evaluate(context) && right.Evaluate(context) : left.Evaluate(context) || right.Evaluate(context);

    public override bool NeedsOnlyRow => left.NeedsOnlyRow && right.NeedsOnlyRow;

    public override bool? TryEvaluate(LiquidRow row)
    {
        var first = left.TryEvaluate(row);
        return first is null || first == isAnd ? first is null ? null : right.TryEvaluate(row) : first;
    }

    public override Condition Bind(BindContext context)
    {
        var boundLeft = left.Bind(context);
        var boundRight = right.Bind(context);
        if (boundLeft is ConstantCondition constant)
        {
            return constant.Value == isAnd ? boundRight : constant;
        }

        return new LogicalCondition(boundLeft, isAnd, boundRight);
    }
}

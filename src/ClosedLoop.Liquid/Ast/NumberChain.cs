using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>Recognises an output that is a value passed only through filters that calculate with constants.</summary>
internal static class NumberChain
{
    public static NumberNode? TryCreate(Expression expression, Node fallback)
    {
        var steps = new List<DecimalStep>();
        while (expression is FilterExpression step)
        {
            if (!DecimalStep.TryCreate(step.Filter.Name, step.Arguments, out var found))
            {
                return null;
            }

            steps.Insert(0, found);
            expression = step.Input;
        }

        return steps.Count == 0 || expression is ConstantExpression ? null : new NumberNode(expression, [.. steps], fallback);
    }
}

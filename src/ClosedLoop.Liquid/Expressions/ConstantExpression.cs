using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

internal sealed class ConstantExpression(LiquidValue value) : Expression
{
    public static ConstantExpression Nil { get; } = new(LiquidValue.Nil);

    public LiquidValue Value { get; } = value;

    public override LiquidValue Evaluate(RenderContext context) => Value;
}

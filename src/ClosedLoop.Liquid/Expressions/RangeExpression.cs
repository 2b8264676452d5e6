using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary><c>(start..end)</c> with at least one end that is not a literal.</summary>
internal sealed class RangeExpression(Expression start, Expression end, int position) : Expression
{
    public override LiquidValue Evaluate(RenderContext context) =>
        LiquidValue.FromRange(new LiquidRange(ToInteger(start.Evaluate(context), context), ToInteger(end.Evaluate(context), context)));

    public override Expression Bind(BindContext context)
    {
        var (first, last) = (start.Bind(context), end.Bind(context));
        return first is ConstantExpression { Value.Kind: LiquidKind.Integer } a && last is ConstantExpression { Value.Kind: LiquidKind.Integer } b
            ? new ConstantExpression(LiquidValue.FromRange(new LiquidRange(a.Value.Integer, b.Value.Integer)))
            : new RangeExpression(first, last, position);
    }

    private long ToInteger(in LiquidValue value, RenderContext context)
    {
        switch (value.Kind)
        {
            case LiquidKind.Integer:
                return value.Integer;
            case LiquidKind.Nil:
                return 0;
            case LiquidKind.String or LiquidKind.Slot:
                var number = NumberText.ReadPrefix(value.ToText());
                return number.Kind == NumberKind.Integer ? number.Integer : long.MaxValue;
            default:
                context.Position = position;
                throw context.Error(LiquidErrorCode.InvalidArgument, $"'{value.ToText()}' as the end of a range", "a whole number");
        }
    }
}

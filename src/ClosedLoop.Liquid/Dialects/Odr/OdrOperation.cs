using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Dialects.Odr;

/// <summary>An operator of ODR. Values are compared as text; nothing and the empty text are the same and count as false.</summary>
internal sealed class OdrOperation(OdrOperator sign, Expression left, Expression right) : Expression
{
    public static bool IsTrue(in LiquidValue value) => value.Kind == LiquidKind.Boolean ? value.Boolean : value.ToText().Length > 0;

    public override LiquidValue Evaluate(RenderContext context) => LiquidValue.FromBoolean(sign switch
    {
        OdrOperator.Or => IsTrue(left.Evaluate(context)) || IsTrue(right.Evaluate(context)),
        OdrOperator.And => IsTrue(left.Evaluate(context)) && IsTrue(right.Evaluate(context)),
        OdrOperator.Not => !IsTrue(left.Evaluate(context)),
        OdrOperator.Truth => IsTrue(left.Evaluate(context)),
        OdrOperator.IsEmpty => left.Evaluate(context).ToText().Length == 0,
        OdrOperator.Equal => left.Evaluate(context).ToText() == right.Evaluate(context).ToText(),
        _ => left.Evaluate(context).ToText() != right.Evaluate(context).ToText(),
    });

    public override Expression Bind(BindContext context) => new OdrOperation(sign, left.Bind(context), right.Bind(context));
}

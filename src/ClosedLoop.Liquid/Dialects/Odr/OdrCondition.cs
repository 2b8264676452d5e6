using ClosedLoop.Liquid.Conditions;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Dialects.Odr;

/// <summary>The test of an <c>odr:when</c>.</summary>
internal sealed class OdrCondition(Expression test) : Condition
{
    public override bool Evaluate(RenderContext context) => OdrOperation.IsTrue(test.Evaluate(context));

    public override Condition Bind(BindContext context) => new OdrCondition(test.Bind(context));
}

using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>A variable whose name is itself computed: <c>[key].path</c>.</summary>
internal sealed class IndirectExpression(Expression name, PathSegment[] segments) : Expression
{
    public override LiquidValue Evaluate(RenderContext context)
    {
        var key = name.Evaluate(context);
        if (!key.IsText)
        {
            return LiquidValue.Nil;
        }

        var text = key.ToText();
        var id = context.Unit.Names.Find(text);
        return context.TryGetVariable(id, text, out var value)
            ? PathWalker.Walk(value, segments, 0, context)
            : LiquidValue.Nil;
    }
}

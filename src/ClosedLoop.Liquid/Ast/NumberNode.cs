using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A number calculated with constants and written without becoming a float in between. What does not fit takes the general way.</summary>
internal sealed class NumberNode(Expression root, DecimalStep[] steps, Node fallback) : Node
{
    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        if (!ShortDecimal.TryRead(root.Evaluate(context), out var number))
        {
            return fallback.Render(context, ref output);
        }

        foreach (var step in steps)
        {
            if (!step.TryApply(ref number))
            {
                return fallback.Render(context, ref output);
            }
        }

        return number.TryWrite(ref output) ? Completion.Normal : fallback.Render(context, ref output);
    }

    public override Node Bind(BindContext context) => fallback.Bind(context);
}

using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>The passes of a loop whose elements were known beforehand, for bodies that need a loop around them.</summary>
internal sealed class UnrolledLoopNode(Node[] passes, ForLoopDrop[] drops) : Node
{
    public override IEnumerable<Node> Children => passes;

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var outer = context.CurrentLoop;
        for (var i = 0; i < passes.Length; i++)
        {
            context.Budget.Iterate();
            context.CurrentLoop = drops[i];
            if (passes[i].Render(context, ref output) == Completion.Break)
            {
                break;
            }
        }

        context.CurrentLoop = outer;
        return Completion.Normal;
    }
}

using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>assign</c>.</summary>
internal sealed class AssignNode(int id, Expression value) : Node
{
    public override bool IsBlank => true;

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        context.SetGlobal(id, value.Evaluate(context));
        return Completion.Normal;
    }

    public override Node Bind(BindContext context) => new AssignNode(id, value.Bind(context));
}

using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>break</c> and <c>continue</c>. Outside of a loop either ends the template.</summary>
internal sealed class InterruptNode(Completion completion) : Node
{
    public override Completion Render(RenderContext context, ref Utf8Writer output) => completion;
}

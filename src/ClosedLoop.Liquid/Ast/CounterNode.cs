using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>increment</c> writes the counter, then adds one; <c>decrement</c> takes one away, then writes.</summary>
internal sealed class CounterNode(string name, bool isIncrement) : Node
{
    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var value = context.GetCounter(name);
        var next = isIncrement ? value + 1 : value - 1;
        context.SetCounter(name, next);
        output.Write(isIncrement ? value : next);
        return Completion.Normal;
    }
}

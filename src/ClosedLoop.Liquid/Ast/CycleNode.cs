using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>cycle</c>: the next of its values each time its group comes by.</summary>
internal sealed class CycleNode(Expression group, Expression[] values) : Node
{
    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var key = group.Evaluate(context);
        var index = context.GetCycle(key);
        if (index < values.Length)
        {
            ValueWriter.Write(values[index].Evaluate(context), escape: false, ref output);
        }

        index++;
        context.SetCycle(key, index >= values.Length ? 0 : index);
        return Completion.Normal;
    }

    public override Node Bind(BindContext context) => new CycleNode(group.Bind(context), Array.ConvertAll(values, v => v.Bind(context)));
}

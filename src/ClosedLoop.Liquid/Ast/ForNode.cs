using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>for</c>.</summary>
internal sealed partial class ForNode(ForHeader header, Node body, Node? otherwise) : Node
{
    public override bool IsBlank => body.IsBlank && (otherwise is null || otherwise.IsBlank);

    public override IEnumerable<Node> Children => otherwise is null ? [body] : [body, otherwise];

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var items = header.GetItems(context);
        if (items.Count == 0)
        {
            return otherwise is null ? Completion.Normal : otherwise.Render(context, ref output);
        }

        var loop = new ForLoopDrop { Name = header.Name, Length = items.Count, Parent = context.CurrentLoop };
        var outerItem = context.GetLocal(header.VariableId);
        var outerLoop = context.GetLocal(header.LoopId);
        context.CurrentLoop = loop;
        context.SetLocal(header.LoopId, LiquidValue.FromDrop(loop));
        for (long i = 0; i < items.Count; i++)
        {
            context.Budget.Iterate();
            loop.Index = i;
            context.SetLocal(header.VariableId, items.At(header.IsReversed ? items.Count - 1 - i : i));
            if (body.Render(context, ref output) == Completion.Break)
            {
                break;
            }
        }

        context.CurrentLoop = loop.Parent;
        context.RestoreLocal(header.VariableId, outerItem);
        context.RestoreLocal(header.LoopId, outerLoop);
        return Completion.Normal;
    }
}

using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>tablerow</c>: the rows and cells of an HTML table.</summary>
internal sealed class TableRowNode(TableRowHeader header, Node body) : Node
{
    public override bool IsBlank => body.IsBlank;

    public override IEnumerable<Node> Children => [body];

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var collection = header.Collection.Evaluate(context);
        if (!collection.IsTruthy)
        {
            return Completion.Normal;
        }

        var items = header.GetItems(context, collection, out var columns);
        var loop = new TableRowLoopDrop(items.Count, columns);
        var outerItem = context.GetLocal(header.VariableId);
        var outerLoop = context.GetLocal(header.LoopId);
        context.SetLocal(header.LoopId, LiquidValue.FromDrop(loop));
        output.Write("<tr class=\"row1\">\n"u8);
        for (long i = 0; i < items.Count; i++)
        {
            context.Budget.Iterate();
            context.SetLocal(header.VariableId, items.At(i));
            output.Write("<td class=\"col"u8);
            output.Write(loop.Column);
            output.Write("\">"u8);
            var completion = body.Render(context, ref output);
            output.Write("</td>"u8);
            if (completion == Completion.Break)
            {
                break;
            }

            if (loop.IsColumnLast && !loop.IsLast)
            {
                output.Write("</tr>\n<tr class=\"row"u8);
                output.Write(loop.Row + 1);
                output.Write("\">"u8);
            }

            loop.Advance();
        }

        output.Write("</tr>\n"u8);
        context.RestoreLocal(header.VariableId, outerItem);
        context.RestoreLocal(header.LoopId, outerLoop);
        return Completion.Normal;
    }

    public override Node Bind(BindContext context)
    {
        var bound = header.Bind(context);
        var item = context.Enter(header.VariableId, value: null);
        var loop = context.Enter(header.LoopId, value: null);
        var boundBody = body.Bind(context);
        context.Leave(header.LoopId, loop);
        context.Leave(header.VariableId, item);
        return new TableRowNode(bound, boundBody);
    }
}

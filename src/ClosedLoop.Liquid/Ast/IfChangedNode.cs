using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>ifchanged</c>: its body, unless the last one of the render was the same.</summary>
internal sealed class IfChangedNode(Node body) : Node
{
    public override bool IsBlank => body.IsBlank;

    public override IEnumerable<Node> Children => [body];

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var scratch = context.RentScratch();
        var writer = new Utf8Writer(scratch, context.Budget.Limits.MaxTextLength, 256, isText: true);
        var completion = body.Render(context, ref writer);
        writer.Flush();
        var text = Encoding.UTF8.GetString(scratch.Written);
        context.ReturnScratch(scratch);
        if (text != context.LastChanged)
        {
            context.LastChanged = text;
            output.Write(text);
        }

        return completion;
    }

    public override Node Bind(BindContext context) => new IfChangedNode(body.Bind(context));
}

using System.Text;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>capture</c>. What was escaped on its way in is markup and is not escaped again on its way out.</summary>
internal sealed class CaptureNode(int id, Node body, bool isMarkup) : Node
{
    public override bool IsBlank => true;

    public override IEnumerable<Node> Children => [body];

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var scratch = context.RentScratch();
        var writer = new Utf8Writer(scratch, context.Budget.Limits.MaxTextLength, 256, isText: true);
        var completion = body.Render(context, ref writer);
        writer.Flush();
        var text = Encoding.UTF8.GetString(scratch.Written);
        context.ReturnScratch(scratch);
        context.SetGlobal(id, isMarkup ? LiquidValue.FromMarkup(text) : LiquidValue.FromString(text));
        return completion;
    }

    public override Node Bind(BindContext context) => new CaptureNode(id, body.Bind(context), isMarkup);
}

using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Escaping;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Dialects;

/// <summary>A field function: its body gives plain text, which is escaped as one value where it is inserted (closed-loop spec section 8).</summary>
internal sealed class TextFunctionNode(Node body, int position) : Node
{
    public int Position => position;

    /// <summary>How the text is escaped; null for not at all.</summary>
    public OutputPlace? Place { get; set; }

    public override IEnumerable<Node> Children => [body];

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        if (Place is null)
        {
            return body.Render(context, ref output);
        }

        var scratch = context.RentScratch();
        var writer = new Utf8Writer(scratch, context.Budget.Limits.MaxTextLength, 256);
        var completion = body.Render(context, ref writer);
        writer.Flush();
        Place.Escaper.Apply(scratch.Written, ref output);
        context.ReturnScratch(scratch);
        return completion;
    }

    public override Node Bind(BindContext context) => new TextFunctionNode(body.Bind(context), position) { Place = Place };
}

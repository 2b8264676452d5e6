using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A block tag of the host.</summary>
internal sealed class CustomBlockNode(string name, string arguments, LiquidBlockHandler handler, Node body, int position) : Node
{
    public override IEnumerable<Node> Children => [body];

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        handler.Begin(arguments, context.State);
        var content = context.RentScratch();
        var writer = new Utf8Writer(content, context.Budget.Limits.MaxOutputBytes, 256);
        var completion = body.Render(context, ref writer);
        writer.Flush();

        // The handler gets a buffer of its own: what it writes must count against the limit.
        var result = context.RentScratch();
        Call(context, content, result);
        output.Write(result.Written);
        context.ReturnScratch(result);
        context.ReturnScratch(content);
        return completion;
    }

    public override Node Bind(BindContext context) => new CustomBlockNode(name, arguments, handler, body.Bind(context), position);

    private void Call(RenderContext context, ScratchBuffer content, ScratchBuffer result)
    {
        try
        {
            handler.Write(arguments, content.Written, context.State, result);
        }
        catch (Exception e) when (e is not (LiquidException or OperationCanceledException))
        {
            throw new LiquidRenderException(
                LiquidErrorCode.InvalidArgument, $"the tag '{name}' failed: {e.Message}", expected: null, context.Source, position, e);
        }
    }
}

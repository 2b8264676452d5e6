using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A column written as it stands.</summary>
internal sealed class SlotNode(int slot, Node fallback) : Node
{
    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        if (context.Row is not { } row)
        {
            return fallback.Render(context, ref output);
        }

        if (!row.IsNull(slot))
        {
            output.Write(row.Utf8(slot));
        }

        return Completion.Normal;
    }
}

using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A text column passed through filters on bytes, the last of which writes straight to the output.</summary>
internal sealed class SlotChainNode(int slot, Utf8Filter[] filters, Node fallback) : Node
{
    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        if (context.Row is not { } row)
        {
            return fallback.Render(context, ref output);
        }

        var text = row.IsNull(slot) ? default : row.Utf8(slot);
        if (filters.Length == 1)
        {
            filters[0].Apply(text, ref output);
            return Completion.Normal;
        }

        RenderLong(context, text, ref output);
        return Completion.Normal;
    }

    private void RenderLong(RenderContext context, ReadOnlySpan<byte> text, ref Utf8Writer output)
    {
        var from = context.RentScratch();
        var to = context.RentScratch();
        for (var i = 0; i < filters.Length - 1; i++)
        {
            to.Clear();
            var writer = new Utf8Writer(to, context.Budget.Limits.MaxTextLength, text.Length + 64);
            filters[i].Apply(text, ref writer);
            writer.Flush();
            (from, to) = (to, from);
            text = from.Written;
        }

        filters[^1].Apply(text, ref output);
        context.ReturnScratch(from);
        context.ReturnScratch(to);
    }
}

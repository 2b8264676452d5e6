using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A column, as it stands or passed through filters on bytes.</summary>
internal sealed class SlotNode(int slot, Utf8Filter? filter, int longest, Node fallback) : Node
{
    public int Slot => slot;

    public Utf8Filter? Filter => filter;

    /// <summary>Longer texts, and renders without a row, take <see cref="Fallback"/>.</summary>
    public int Longest => longest;

    public Node Fallback => fallback;

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        if (context.Row is not { } row || row.Utf8(slot) is var text && text.Length > longest)
        {
            return fallback.Render(context, ref output);
        }

        if (filter is null)
        {
            output.Write(text);
        }
        else
        {
            filter.Apply(text, ref output);
        }

        return Completion.Normal;
    }

    public override bool MayFill => true;

    public override int TryFill(LiquidRow row, scoped Span<byte> room, ref BlockCost cost)
    {
        var text = row.Utf8(slot);
        return text.Length > longest ? -1
            : filter is not null ? filter.TryFill(text, room)
            : text.TryCopyTo(room) ? text.Length
            : -1;
    }

    public override Node Bind(BindContext context) => fallback.Bind(context);
}

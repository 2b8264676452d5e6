using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters.Utf8;

namespace ClosedLoop.Liquid.Ast;

/// <summary>Recognises an output that is a text column passed only through filters that work on bytes.</summary>
internal static class SlotChain
{
    public static Node? TryCreate(Expression expression, bool escape, Node fallback)
    {
        var filters = new List<Utf8Filter>();
        var isMarkup = false;
        var outermost = true;
        while (expression is FilterExpression step)
        {
            if (Utf8FilterFactory.TryCreate(step) is not { } filter)
            {
                return null;
            }

            isMarkup |= outermost && filter.MakesMarkup;
            outermost = false;
            filters.Insert(0, filter);
            expression = step.Input;
        }

        if (expression is not SlotExpression slot || (filters.Count > 0 && slot.Slot.Type is not (LiquidSlotType.String or LiquidSlotType.Date)))
        {
            return null;
        }

        if (escape && !isMarkup)
        {
            filters.Add(EscapeUtf8Filter.Instance);
        }

        return filters.Count == 0 ? new SlotNode(slot.Slot.Index, fallback) : new SlotChainNode(slot.Slot.Index, [.. filters], fallback);
    }
}

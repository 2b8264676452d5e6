using System.Text;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>Recognises an output that is a value passed only through filters that work on bytes.</summary>
internal static class SlotChain
{
    public static Node? TryCreate(Expression expression, bool escape, Node fallback, LiquidParseOptions options, Utf8Filter? escaper = null)
    {
        var filters = new List<Utf8Filter>();
        byte[]? glue = null;
        var isMarkup = false;
        var outermost = true;
        while (expression is FilterExpression step)
        {
            if (Utf8FilterFactory.TryCreate(step, options) is { } filter)
            {
                isMarkup |= outermost && filter.MakesMarkup;
                filters.Insert(0, filter);
            }
            else if (step is { Filter.Name: "join", Arguments: [ConstantExpression { Value.Kind: LiquidKind.String } text], Input: not FilterExpression })
            {
                glue = Encoding.UTF8.GetBytes(text.Value.String);
            }
            else
            {
                return null;
            }

            outermost = false;
            expression = step.Input;
        }

        var slot = expression as SlotExpression;
        if ((slot is null && filters.Count == 0) || (slot is not null && (glue is not null || (filters.Count > 0 && slot.Slot.Type is not (LiquidSlotType.String or LiquidSlotType.Date)))))
        {
            return null;
        }

        if (escape && !isMarkup)
        {
            filters.Add(escaper ?? EscapeUtf8Filter.Instance);
        }

        var chain = filters.Count == 0 ? null : filters.Aggregate((first, second) => new PipelineUtf8Filter(first, second));
        var longest = chain is null ? int.MaxValue : LongestInput(chain, options.Limits.MaxTextLength);
        return (slot, glue) switch
        {
            ({ } s, _) => new SlotNode(s.Slot.Index, chain, longest, fallback),
            (null, { } g) => new JoinNode(expression, g, chain!, longest, fallback),
            _ => new ChainNode(expression, chain!, longest, fallback),
        };
    }

    /// <summary>What may be sent through the chain without any text in it outgrowing the limit; longer ones go the general way, which counts.</summary>
    private static int LongestInput(Utf8Filter chain, int limit)
    {
        var longest = limit;
        while (longest > 0 && chain.MaxLength(longest) > limit)
        {
            longest /= 2;
        }

        return chain.MaxLength(longest) > limit ? -1 : longest;
    }
}

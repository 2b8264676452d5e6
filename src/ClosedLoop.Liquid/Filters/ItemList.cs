using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>What array filters see: arrays inside arrays opened, ranges spelled out, anything else as one element, nil as none.</summary>
internal static class ItemList
{
    public static LiquidValue[] From(RenderContext context, in LiquidValue input)
    {
        switch (input.Kind)
        {
            case LiquidKind.Nil:
                return [];
            case LiquidKind.Array:
                context.Budget.CheckArray(input.Array.Length);
                if (!Array.Exists(input.Array, i => i.Kind == LiquidKind.Array))
                {
                    return input.Array;
                }

                var flat = new List<LiquidValue>();
                Flatten(context, input.Array, flat);
                return [.. flat];
            case LiquidKind.Range:
                context.Budget.CheckArray(input.Range.Count);
                var numbers = new LiquidValue[input.Range.Count];
                for (var i = 0; i < numbers.Length; i++)
                {
                    numbers[i] = LiquidValue.FromInteger(input.Range.Start + i);
                }

                return numbers;
            case LiquidKind.Empty or LiquidKind.Blank:
                return [LiquidValue.EmptyString];
            default:
                return [input];
        }
    }

    private static void Flatten(RenderContext context, LiquidValue[] items, List<LiquidValue> flat)
    {
        foreach (var item in items)
        {
            if (item.Kind == LiquidKind.Array)
            {
                Flatten(context, item.Array, flat);
            }
            else
            {
                flat.Add(item);
            }
        }

        context.Budget.CheckArray(flat.Count);
    }
}

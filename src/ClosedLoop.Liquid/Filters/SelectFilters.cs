using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters that pick elements by a property: truthy, or equal to a value.</summary>
internal static class SelectFilters
{
    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("where", 1, 2, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Pick(c, input, a, wanted: true)),
        new("reject", 1, 2, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Pick(c, input, a, wanted: false)),
        new("has", 1, 2, Has),
        new("find", 1, 2, Find),
        new("find_index", 1, 2, FindIndex),
    ];

    private static LiquidValue Pick(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments, bool wanted)
    {
        var result = new List<LiquidValue>();
        foreach (var item in ItemList.From(context, input))
        {
            if (Matches(context, item, arguments) is not { } matches)
            {
                return LiquidValue.Nil;
            }

            if (matches == wanted)
            {
                result.Add(item);
            }
        }

        return LiquidValue.FromArray([.. result]);
    }

    private static LiquidValue Has(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var index = IndexOf(context, ItemList.From(context, input), arguments);
        return index is null ? LiquidValue.Nil : LiquidValue.FromBoolean(index >= 0);
    }

    private static LiquidValue Find(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var items = ItemList.From(context, input);
        return IndexOf(context, items, arguments) is >= 0 and { } index ? items[index] : LiquidValue.Nil;
    }

    private static LiquidValue FindIndex(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments) =>
        IndexOf(context, ItemList.From(context, input), arguments) is >= 0 and { } index ? LiquidValue.FromInteger(index) : LiquidValue.Nil;

    /// <summary>The first match, -1 without one, null when an element without properties came first.</summary>
    private static int? IndexOf(RenderContext context, LiquidValue[] items, ReadOnlySpan<LiquidValue> arguments)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (Matches(context, items[i], arguments) is not { } matches)
            {
                return null;
            }

            if (matches)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool? Matches(RenderContext context, in LiquidValue item, ReadOnlySpan<LiquidValue> arguments)
    {
        if (!ItemReader.TryGet(context, item, arguments[0], out var value))
        {
            return null;
        }

        return arguments.Length < 2 || arguments[1].IsNil ? value.IsTruthy : LiquidValue.AreEqual(value, arguments[1]);
    }
}

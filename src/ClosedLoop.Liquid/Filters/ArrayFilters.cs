using System.Text;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters on arrays as a whole.</summary>
internal static class ArrayFilters
{
    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("join", 0, 1, Join),
        new("first", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => CollectionEnds.First(input)),
        new("last", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => CollectionEnds.Last(input)),
        new("reverse", 0, 0, Reverse),
        new("concat", 1, 1, Concat),
        new("map", 1, 1, Map),
        new("compact", 0, 1, Compact),
        new("uniq", 0, 1, Uniq),
        new("sum", 0, 1, Sum),
    ];

    private static LiquidValue Join(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var glue = arguments.Length > 0 ? arguments[0].ToText() : " ";
        var items = ItemList.From(context, input);
        if (items.Length == 1)
        {
            return LiquidValue.FromString(items[0].ToText());
        }

        var text = new StringBuilder();
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "" : glue).Append(items[i].ToText());
            context.Budget.CheckText(text.Length);
        }

        return LiquidValue.FromString(text.ToString());
    }

    private static LiquidValue Reverse(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        LiquidValue[] items = [.. ItemList.From(context, input)];
        Array.Reverse(items);
        return LiquidValue.FromArray(items);
    }

    private static LiquidValue Concat(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        if (arguments[0].Kind != LiquidKind.Array)
        {
            throw context.Error(LiquidErrorCode.InvalidArgument, $"'{arguments[0].ToText()}' as the argument of 'concat'", "an array");
        }

        var items = ItemList.From(context, input);
        context.Budget.CheckArray((long)items.Length + arguments[0].Array.Length);
        return LiquidValue.FromArray([.. items, .. arguments[0].Array]);
    }

    private static LiquidValue Map(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var items = ItemList.From(context, input);
        var result = new LiquidValue[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            _ = ItemReader.TryGet(context, items[i], arguments[0], out result[i]);
        }

        return LiquidValue.FromArray(result);
    }

    private static LiquidValue Compact(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var items = ItemList.From(context, input);
        if (arguments.Length == 0 || arguments[0].IsNil)
        {
            return LiquidValue.FromArray(Array.FindAll(items, i => !i.IsNil));
        }

        var result = new List<LiquidValue>();
        foreach (var item in items)
        {
            if (!ItemReader.TryGet(context, item, arguments[0], out var value))
            {
                return LiquidValue.Nil;
            }

            if (!value.IsNil)
            {
                result.Add(item);
            }
        }

        return LiquidValue.FromArray([.. result]);
    }

    private static LiquidValue Uniq(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var items = ItemList.From(context, input);
        if (items.Length == 1)
        {
            return LiquidValue.FromArray(items);
        }

        var seen = new HashSet<LiquidValue>(SameValueComparer.Instance);
        var result = new List<LiquidValue>();
        foreach (var item in items)
        {
            var key = item;
            if (arguments.Length > 0 && !arguments[0].IsNil && !ItemReader.TryGet(context, item, arguments[0], out key))
            {
                return LiquidValue.Nil;
            }

            if (seen.Add(key))
            {
                result.Add(item);
            }
        }

        return LiquidValue.FromArray([.. result]);
    }

    private static LiquidValue Sum(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var sum = Number.Zero;
        foreach (var item in ItemList.From(context, input))
        {
            var value = item;
            if (arguments.Length > 0 && !arguments[0].IsNil && !ItemReader.TryGet(context, item, arguments[0], out value))
            {
                continue;
            }

            foreach (var addend in ItemList.From(context, value))
            {
                sum = Arithmetic.Add(context, sum, Number.From(addend));
            }
        }

        return sum.ToValue();
    }
}

using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters that sort. Equal elements keep their order; nil comes last.</summary>
internal static class SortFilters
{
    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("sort", 0, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Sort(c, input, a, (x, y) => CompareValues(c, x, y))),
        new("sort_natural", 0, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Sort(c, input, a, CompareWithoutCase)),
    ];

    private static LiquidValue Sort(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments, Comparison<LiquidValue> comparison)
    {
        var items = ItemList.From(context, input);
        var keys = items;
        if (arguments.Length > 0 && !arguments[0].IsNil && items.Length > 0)
        {
            if (!Array.TrueForAll(items, i => ItemReader.HasProperties(i)))
            {
                return LiquidValue.Nil;
            }

            keys = new LiquidValue[items.Length];
            for (var i = 0; i < items.Length && items.Length > 1; i++)
            {
                _ = ItemReader.TryGet(context, items[i], arguments[0], out keys[i]);
            }
        }

        // Merge sort of positions: stable, and an inconsistent comparison cannot upset it.
        var order = Enumerable.Range(0, items.Length).ToArray();
        MergeSort(order, new int[order.Length], 0, order.Length, (a, b) => comparison(keys[a], keys[b]));
        return LiquidValue.FromArray(Array.ConvertAll(order, i => items[i]));
    }

    private static void MergeSort(int[] items, int[] buffer, int start, int end, Comparison<int> comparison)
    {
        if (end - start < 2)
        {
            return;
        }

        var middle = start + ((end - start) / 2);
        MergeSort(items, buffer, start, middle, comparison);
        MergeSort(items, buffer, middle, end, comparison);
        var (left, right) = (start, middle);
        for (var at = start; at < end; at++)
        {
            var takesLeft = left < middle && (right >= end || comparison(items[left], items[right]) <= 0);
            buffer[at] = takesLeft ? items[left++] : items[right++];
        }

        Array.Copy(buffer, start, items, start, end - start);
    }

    private static int CompareValues(RenderContext context, LiquidValue left, LiquidValue right)
    {
        context.Budget.Step(1);
        if (LiquidValue.Order(left, right) is { } order)
        {
            return order;
        }

        if (left.IsNil || right.IsNil)
        {
            return left.IsNil ? 1 : -1;
        }

        throw context.Error(LiquidErrorCode.IncompatibleTypes, $"a {left.Kind} and a {right.Kind} in one sorted array", "elements of one kind");
    }

    private static int CompareWithoutCase(LiquidValue left, LiquidValue right)
    {
        if (left.IsNil || right.IsNil)
        {
            return left.IsNil == right.IsNil ? 0 : left.IsNil ? 1 : -1;
        }

        return TextOrder.Compare(FoldAscii(left.ToText()), FoldAscii(right.ToText()));
    }

    private static string FoldAscii(string text) => string.Create(text.Length, text, (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        }
    });
}

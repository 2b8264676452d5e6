using ClosedLoop.Liquid.Filters.Dates;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>The filter on dates.</summary>
internal static class DateFilters
{
    public static IEnumerable<FilterDefinition> All { get; } = [new("date", 1, 1, Format) { IsPure = false }];

    private static LiquidValue Format(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var format = arguments[0].ToText();
        if (format.Length == 0)
        {
            return input;
        }

        var options = context.Unit.Options;
        return DateReader.TryRead(input, options.TimeProvider, options.TimeZone, out var date)
            ? LiquidValue.FromString(DateFormatter.Format(date, format, options.TimeZone, context.Budget))
            : input;
    }
}

using System.Text;
using ClosedLoop.Liquid.Filters.Dates;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>The filter on dates.</summary>
internal static class DateFilters
{
    public static IEnumerable<FilterDefinition> All { get; } = [new("date", 1, 1, Format) { IsPure = false, IsFixedFor = IsFixedDay }];

    /// <summary>A day written in full, in a format that asks for nothing else: neither clock nor time zone has a say.</summary>
    private static bool IsFixedDay(LiquidValue input, LiquidValue format) =>
        input.IsText && format.Kind == LiquidKind.String && DayFormat.TryCreate(format.String) is { } days && days.CanRead(Encoding.UTF8.GetBytes(input.ToText()));

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

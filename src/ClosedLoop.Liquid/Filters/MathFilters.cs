using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters on numbers.</summary>
internal static class MathFilters
{
    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("abs", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Arithmetic.Abs(Number.From(input)).ToValue()),
        new("plus", 1, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Arithmetic.Add(c, Number.From(input), Number.From(a[0])).ToValue()),
        new("minus", 1, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Arithmetic.Add(c, Number.From(input), Arithmetic.Negate(Number.From(a[0]))).ToValue()),
        new("times", 1, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Arithmetic.Multiply(c, Number.From(input), Number.From(a[0])).ToValue()),
        new("divided_by", 1, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Arithmetic.Divide(c, Number.From(input), Number.From(a[0])).ToValue()),
        new("modulo", 1, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Arithmetic.Modulo(c, Number.From(input), Number.From(a[0])).ToValue()),
        new("ceil", 0, 0, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Rounding.ToWhole(c, Number.From(input), Math.Ceiling, Math.Ceiling)),
        new("floor", 0, 0, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Rounding.ToWhole(c, Number.From(input), Math.Floor, Math.Floor)),
        new("round", 0, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Rounding.Round(c, Number.From(input), a.Length > 0 ? Number.From(a[0]) : Number.Zero)),
        new("at_least", 1, 1, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Pick(Number.From(input), Number.From(a[0]), larger: true)),
        new("at_most", 1, 1, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => Pick(Number.From(input), Number.From(a[0]), larger: false)),
    ];

    private static LiquidValue Pick(Number value, Number bound, bool larger)
    {
        var order = NumberOrder.Compare(bound.ToValue(), value.ToValue());
        return (larger ? order > 0 : order < 0) ? bound.ToValue() : value.ToValue();
    }
}

using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>Arguments that must be whole numbers.</summary>
internal static class ArgumentReader
{
    /// <summary>The whole number, also out of text; anything else is an error.</summary>
    public static long ToInteger(RenderContext context, in LiquidValue value, long? nilAs = null)
    {
        if (value.Kind == LiquidKind.Integer)
        {
            return value.Integer;
        }

        if (value.IsNil && nilAs is { } substitute)
        {
            return substitute;
        }

        if (value.IsText && NumberText.TryReadInteger(value.ToText(), out var read))
        {
            return read;
        }

        throw context.Error(LiquidErrorCode.InvalidArgument, $"'{value.ToText()}' as an argument", "a whole number");
    }

    /// <summary>Ruby's <c>to_i</c>, as <c>tablerow</c> reads its arguments: fractions are cut off, text is read as far as it goes.</summary>
    public static long ToIntegerLoosely(RenderContext context, in LiquidValue value) => value.Kind switch
    {
        LiquidKind.Integer => value.Integer,
        LiquidKind.Nil => 0,
        LiquidKind.Float => (long)Math.Clamp(value.Float, long.MinValue, long.MaxValue),
        LiquidKind.String or LiquidKind.Slot => (long)Math.Clamp(NumberText.ReadPrefix(value.ToText()).ToDouble(), int.MinValue, int.MaxValue),
        _ => throw context.Error(LiquidErrorCode.InvalidArgument, $"'{value.ToText()}' as an argument", "a whole number"),
    };
}

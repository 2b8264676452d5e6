using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>A column of the recipient list, read by number. Without a row (a preview from plain data) the name is looked up instead.</summary>
internal sealed class SlotExpression(LiquidSlot slot, VariableExpression fallback) : Expression
{
    public LiquidSlot Slot { get; } = slot;

    public override LiquidValue Evaluate(RenderContext context) =>
        context.Row is { } row ? SlotReader.Read(row, Slot) : fallback.Evaluate(context);

    /// <summary>Frozen data wins over a column of the same name.</summary>
    public override Expression Bind(BindContext context) => context.Knows(fallback) ? fallback.Bind(context) : this;
}

using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A number calculated with constants and written without becoming a float in between. What does not fit takes the general way.</summary>
internal sealed class NumberNode(Expression root, DecimalStep[] steps, Node fallback) : Node
{
    private readonly int _slot = root is SlotExpression { Slot.Type: LiquidSlotType.String } slot ? slot.Slot.Index : -1;

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var isShort = _slot >= 0 && context.Row is { } row
            ? ShortDecimal.TryRead(row.Utf8(_slot), out var number)
            : ShortDecimal.TryRead(root.Evaluate(context), out number);
        if (!isShort)
        {
            return fallback.Render(context, ref output);
        }

        foreach (var step in steps)
        {
            if (!step.TryApply(ref number))
            {
                return fallback.Render(context, ref output);
            }
        }

        return number.TryWrite(ref output) ? Completion.Normal : fallback.Render(context, ref output);
    }

    public override bool MayFill => _slot >= 0;

    public override int TryFill(LiquidRow row, scoped Span<byte> room, ref BlockCost cost)
    {
        if (_slot < 0 || !ShortDecimal.TryRead(row.Utf8(_slot), out var number))
        {
            return -1;
        }

        foreach (ref readonly var step in steps.AsSpan())
        {
            if (!step.TryApply(ref number))
            {
                return -1;
            }
        }

        var output = new Utf8Writer(room);
        return room.Length >= ShortDecimal.MaxLength && number.TryWrite(ref output) ? output.Used : -1;
    }

    public override Node Bind(BindContext context) => fallback.Bind(context);
}

using System.Text;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Conditions;

/// <summary>A text column compared with a literal, byte by byte.</summary>
internal sealed class SlotEqualsCondition(SlotExpression slot, string text, bool wanted) : Condition
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);
    private readonly LiquidValue _value = LiquidValue.FromString(text);

    public override bool Evaluate(RenderContext context)
    {
        if (context.Row is not { } row)
        {
            return LiquidValue.AreEqual(slot.Evaluate(context), _value) == wanted;
        }

        return IsMet(row);
    }

    public override bool NeedsOnlyRow => true;

    public override bool? TryEvaluate(LiquidRow row) => IsMet(row);

    public override Condition Bind(BindContext context) => this;

    private bool IsMet(LiquidRow row)
    {
        var index = slot.Slot.Index;
        var found = row.Utf8(index);
        return (found.SequenceEqual(_bytes) && (found.Length > 0 || !row.IsNull(index))) == wanted;
    }
}

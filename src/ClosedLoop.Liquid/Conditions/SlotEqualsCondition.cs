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

        var index = slot.Slot.Index;
        return (!row.IsNull(index) && row.Utf8(index).SequenceEqual(_bytes)) == wanted;
    }

    public override Condition Bind(BindContext context) => this;
}

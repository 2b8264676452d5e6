using System.Buffers.Text;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>Reads a slot as the value its type says.</summary>
internal static class SlotReader
{
    public static LiquidValue Read(LiquidRow row, LiquidSlot slot)
    {
        if (row.IsNull(slot.Index))
        {
            return LiquidValue.Nil;
        }

        var bytes = row.Utf8(slot.Index);
        switch (slot.Type)
        {
            case LiquidSlotType.Integer when Utf8Parser.TryParse(bytes, out long whole, out var used) && used == bytes.Length:
                return LiquidValue.FromInteger(whole);
            case LiquidSlotType.Decimal when Utf8Parser.TryParse(bytes, out double fraction, out var used) && used == bytes.Length && double.IsFinite(fraction):
                return LiquidValue.FromFloat(fraction);
            case LiquidSlotType.Boolean when bytes.SequenceEqual("true"u8) || bytes.SequenceEqual("1"u8):
                return LiquidValue.True;
            case LiquidSlotType.Boolean when bytes.SequenceEqual("false"u8) || bytes.SequenceEqual("0"u8):
                return LiquidValue.False;
            default:
                return LiquidValue.FromSlot(row, slot.Index);
        }
    }
}

using System.Text;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>Writes a value as an output statement does: arrays element after element, everything else as its text.</summary>
internal static class ValueWriter
{
    public static void Write(in LiquidValue value, bool escape, ref Utf8Writer output)
    {
        switch (value.Kind)
        {
            case LiquidKind.Nil or LiquidKind.Empty or LiquidKind.Blank:
                break;
            case LiquidKind.Integer:
                output.Write(value.Integer);
                break;
            case LiquidKind.Float:
                output.Write(value.Float);
                break;
            case LiquidKind.Boolean:
                output.Write(value.Boolean ? "true"u8 : "false"u8);
                break;
            case LiquidKind.Slot when escape:
                EscapeUtf8Filter.Instance.Apply(value.SlotBytes, ref output);
                break;
            case LiquidKind.Slot:
                output.Write(value.SlotBytes);
                break;
            case LiquidKind.String when !value.IsMarkup && value.TryGetUtf8(out var utf8):
                if (escape)
                {
                    EscapeUtf8Filter.Instance.Apply(utf8, ref output);
                }
                else
                {
                    output.Write(utf8);
                }

                break;
            case LiquidKind.Array:
                foreach (var item in value.Array)
                {
                    Write(item, escape, ref output);
                }

                break;
            default:
                WriteText(value.ToText(), escape && !value.IsMarkup, ref output);
                break;
        }
    }

    private static void WriteText(string text, bool escape, ref Utf8Writer output)
    {
        if (escape && text.AsSpan().ContainsAny(EscapeUtf8Filter.SpecialCharacters))
        {
            EscapeUtf8Filter.Instance.Apply(Encoding.UTF8.GetBytes(text), ref output);
        }
        else
        {
            output.Write(text);
        }
    }
}

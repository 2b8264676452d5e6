using System.Globalization;
using System.Text;

namespace ClosedLoop.Liquid.Values;

/// <summary>Arrays and hashes as text, in the notation of the reference implementation: <c>["a", 1]</c>, <c>{"k"=>nil}</c>.</summary>
internal static class Inspector
{
    public static string Inspect(in LiquidValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, in LiquidValue value)
    {
        switch (value.Kind)
        {
            case LiquidKind.Nil:
                text.Append("nil");
                break;
            case LiquidKind.String or LiquidKind.Slot:
                AppendQuoted(text, value.ToText());
                break;
            case LiquidKind.Array:
                AppendArray(text, value.Array);
                break;
            case LiquidKind.Hash:
                AppendHash(text, value.Hash);
                break;
            default:
                text.Append(value.ToText());
                break;
        }
    }

    private static void AppendArray(StringBuilder text, LiquidValue[] items)
    {
        text.Append('[');
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(text, items[i]);
        }

        text.Append(']');
    }

    private static void AppendHash(StringBuilder text, LiquidHash hash)
    {
        text.Append('{');
        for (var i = 0; i < hash.Count; i++)
        {
            var (key, value) = hash.At(i);
            text.Append(i == 0 ? "" : ", ");
            AppendQuoted(text, key);
            text.Append("=>");
            Append(text, value);
        }

        text.Append('}');
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '#' when i + 1 < value.Length && value[i + 1] is '{' or '$' or '@':
                    text.Append("\\#");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\u001b':
                    text.Append("\\e");
                    break;
                case < ' ' or '\u007f':
                    text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}

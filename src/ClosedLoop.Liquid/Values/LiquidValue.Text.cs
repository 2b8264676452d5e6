using System.Globalization;
using System.Text;

namespace ClosedLoop.Liquid.Values;

internal readonly partial struct LiquidValue
{
    /// <summary>The value as filters see it when they want text: nil is empty, arrays and hashes are inspected.</summary>
    public string ToText() => Kind switch
    {
        LiquidKind.String => String,
        LiquidKind.Slot => Encoding.UTF8.GetString(SlotBytes),
        LiquidKind.Nil or LiquidKind.Empty or LiquidKind.Blank => "",
        LiquidKind.Boolean => Boolean ? "true" : "false",
        LiquidKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        LiquidKind.BigInteger => BigInteger.ToString(CultureInfo.InvariantCulture),
        LiquidKind.Float => FloatText.Format(Float),
        LiquidKind.Range => Range.ToString(),
        LiquidKind.Date => DateText(Date),
        LiquidKind.Drop => Drop.ToString() ?? "",
        _ => Inspector.Inspect(this),
    };

    public override string ToString() => ToText();

    /// <summary>Ruby's <c>Time#to_s</c>.</summary>
    private static string DateText(DateTimeOffset date)
    {
        var text = date.ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture);
        if (date.Offset == TimeSpan.Zero)
        {
            return text + "UTC";
        }

        return text + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
    }
}

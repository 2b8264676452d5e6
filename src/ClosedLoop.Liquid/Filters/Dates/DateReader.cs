using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>Finds the moment a value stands for.</summary>
internal static class DateReader
{
    public static bool TryRead(in LiquidValue value, TimeProvider clock, TimeZoneInfo zone, out DateTimeOffset date)
    {
        switch (value.Kind)
        {
            case LiquidKind.Date:
                date = value.Date;
                return true;
            case LiquidKind.Integer:
                return TryFromSeconds(value.Integer, zone, out date);
            case LiquidKind.String or LiquidKind.Slot:
                return TryReadText(value.ToText(), clock, zone, out date);
            default:
                date = default;
                return false;
        }
    }

    public static bool TryReadText(string text, TimeProvider clock, TimeZoneInfo zone, out DateTimeOffset date)
    {
        date = default;
        if (text.Length == 0 || text.Length > 128)
        {
            return false;
        }

        if (text.Equals("now", StringComparison.OrdinalIgnoreCase) || text.Equals("today", StringComparison.OrdinalIgnoreCase))
        {
            date = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
            return true;
        }

        if (!text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return NumberText.ReadPrefix(text) is { Kind: NumberKind.Integer } seconds && TryFromSeconds(seconds.Integer, zone, out date);
        }

        return DateTextParser.TryParse(text, clock, zone, out date);
    }

    private static bool TryFromSeconds(long seconds, TimeZoneInfo zone, out DateTimeOffset date)
    {
        date = default;
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() + 86_400 || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 86_400)
        {
            return false;
        }

        date = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);
        return true;
    }
}

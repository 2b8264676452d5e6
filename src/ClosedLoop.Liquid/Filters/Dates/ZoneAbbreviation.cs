using System.Globalization;

namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>The short name of a moment's zone for <c>%Z</c>.</summary>
internal static class ZoneAbbreviation
{
    public static string Of(DateTimeOffset date, TimeZoneInfo zone)
    {
        if (date.Offset == TimeSpan.Zero)
        {
            return "UTC";
        }

        if (zone.GetUtcOffset(date) != date.Offset)
        {
            return "";
        }

        var isSummer = zone.IsDaylightSavingTime(date);
        return zone.BaseUtcOffset.TotalHours switch
        {
            0 when isSummer => "BST",
            1 => isSummer ? "CEST" : "CET",
            2 => isSummer ? "EEST" : "EET",
            -5 => isSummer ? "EDT" : "EST",
            -6 => isSummer ? "CDT" : "CST",
            -7 => isSummer ? "MDT" : "MST",
            -8 => isSummer ? "PDT" : "PST",
            9 => "JST",
            _ => date.Offset.Hours.ToString("+00;-00", CultureInfo.InvariantCulture),
        };
    }
}
